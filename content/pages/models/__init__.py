"""Page types, one file a section of the site, and the settings of the site."""

from .base import XinghuiPage
from .competitions import BulletinArticle, BulletinCompetition, BulletinPage, CompetitionIndexPage
from .home import HomeHeadline, HomePage
from .initiatives import (
    InitiativeAppeal,
    InitiativeIndexPage,
    InitiativeIssuer,
    InitiativePage,
    InitiativeResponse,
)
from .news import ArticlePage, NewsIndexPage, Subject
from .settings import SiteSettings
from .standard import StandardPage

__all__ = [
    "ArticlePage",
    "BulletinArticle",
    "BulletinCompetition",
    "BulletinPage",
    "CompetitionIndexPage",
    "HomeHeadline",
    "HomePage",
    "InitiativeAppeal",
    "InitiativeIndexPage",
    "InitiativeIssuer",
    "InitiativePage",
    "InitiativeResponse",
    "NewsIndexPage",
    "SiteSettings",
    "StandardPage",
    "Subject",
    "XinghuiPage",
]
