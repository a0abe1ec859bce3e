"""Addresses of the import centre, below /admin/imports/."""

from django.urls import path

from .views import approval, around, centre, columns, files, fixing, job, profiles, questions, undoing

app_name = "imports"
urlpatterns = [
    path("", centre.CentreView.as_view(), name="index"),
    path("list.<slug:format>", files.JobListFileView.as_view(), name="list_file"),
    path("new/<slug:slug>/", centre.UploadView.as_view(), name="upload"),
    path("template/<slug:slug>/", centre.TemplateView.as_view(), name="template"),
    path("mappings/", profiles.ProfilesView.as_view(), name="profiles"),
    path("mappings/<int:profile>/", profiles.ProfileView.as_view(), name="profile"),
    path("mappings/<int:profile>/delete/", profiles.ProfileDeleteView.as_view(), name="profile_delete"),
    path("<int:number>/", job.JobView.as_view(), name="job"),
    path("<int:number>/rows/<int:row>/", fixing.RowView.as_view(), name="row"),
    path("<int:number>/fix/", fixing.FixView.as_view(), name="fix"),
    path("<int:number>/columns/", columns.ColumnsView.as_view(), name="columns"),
    path("<int:number>/questions/", questions.QuestionsView.as_view(), name="questions"),
    path("<int:number>/policy/", job.PolicyView.as_view(), name="policy"),
    path("<int:number>/commit/", job.CommitView.as_view(), name="commit"),
    path("<int:number>/approval/", approval.ApprovalView.as_view(), name="approval"),
    path("<int:number>/undo/", undoing.UndoView.as_view(), name="undo"),
    path("<int:number>/cancel/", job.CancelView.as_view(), name="cancel"),
    path("<int:number>/file/", files.SentFileView.as_view(), name="file"),
    path("<int:number>/status/", job.StatusView.as_view(), name="status"),
    path("<int:number>/missing/", files.MissingView.as_view(), name="missing"),
    path("<int:number>/rejected/", files.RowsView.as_view(), {"action": "error"}, name="rejected"),
    path("<int:number>/rows/<slug:action>.xlsx", files.RowsView.as_view(), name="rows"),
    path("<int:number>/sheet/<int:row>/", around.SheetView.as_view(), name="sheet"),
]
