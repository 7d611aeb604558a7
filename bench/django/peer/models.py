"""What the five pages need to know."""

from django.db import models


class Organisation(models.Model):
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=150)


class Person(models.Model):
    name = models.CharField(max_length=100)
    email = models.CharField(max_length=254, unique=True)


class RoleHeld(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    role = models.CharField(max_length=20)
    strand = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "role"])]


class Programme(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.CASCADE)


class Participation(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE)
    school = models.ForeignKey(Organisation, models.CASCADE)
    status = models.CharField(max_length=10)
    since = models.DateField()
    adviser = models.ForeignKey(Person, models.SET_NULL, null=True)
    last_contact = models.DateField(null=True)
    next_contact = models.DateField(null=True)


class SelfView(models.Model):
    school = models.OneToOneField(Organisation, models.CASCADE, primary_key=True)
    strengths = models.TextField()
    wants = models.TextField()
    visitors = models.TextField()
    needs = models.TextField()
    revision = models.BigIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=100)


class Audit(models.Model):
    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=100)
    role = models.CharField(max_length=20)
    what = models.CharField(max_length=60)
    noun = models.CharField(max_length=30)
    noun_id = models.CharField(max_length=30)
    organisation = models.BigIntegerField(null=True, db_index=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
