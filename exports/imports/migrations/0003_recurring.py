from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0002_import_centre'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importedit',
            name='way',
            field=models.CharField(choices=[('typed', 'typed in the preview'), ('suggestion', 'suggestion taken'), ('replaced', 'replaced in the whole column'), ('withdrawn', "given back to the sender's value"), ('same', 'taken as the same record'), ('taken', 'taken in though it was set aside')], max_length=10),
        ),
        migrations.AddField(
            model_name='importprofile',
            name='sheets',
            field=models.JSONField(default=list),
        ),
    ]
