from django.db import migrations


def load(apps, schema_editor):
    from content.core.services import load_divisions

    load_divisions(model=apps.get_model("core", "Division"))


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
