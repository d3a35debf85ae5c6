using Shouldly;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Sources;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class DocumentDiffTests
{
    private static readonly SourceKey Here = new(1);

    [Fact]
    public void An_unknown_document_is_added() => Judge(null, Make("a")).ShouldBe(Verdict.Added);

    [Fact]
    public void The_same_content_is_unchanged() => Judge(Stored("a"), Make("a")).ShouldBe(Verdict.Unchanged);

    [Fact]
    public void Other_text_is_an_edit() => Judge(Stored("a"), Make("b")).ShouldBe(Verdict.Edited);

    [Fact]
    public void Other_metadata_expiry_tier_or_source_id_is_a_metadata_change()
    {
        var stored = Stored("a");

        Judge(stored, Make("a") with { Metadata = MetadataCanonicalizer.Parse("""{"k":1}""") }).ShouldBe(Verdict.Metadata);
        Judge(stored, Make("a") with { ExpiresAt = DateTimeOffset.UnixEpoch }).ShouldBe(Verdict.Metadata);
        Judge(stored, Make("a") with { Tier = "premium" }).ShouldBe(Verdict.Metadata);
        Judge(stored, Make("a") with { SourceId = "other" }).ShouldBe(Verdict.Metadata);
    }

    [Fact]
    public void All_that_is_other_than_what_is_stored_is_named()
    {
        var stored = Stored("a") with { Tier = "premium" };
        var document = Make("b") with { Metadata = MetadataCanonicalizer.Parse("""{"k":1}"""), SourceId = "other" };

        Changes(stored, document).ShouldBe(ChangedInputs.Text | ChangedInputs.Metadata | ChangedInputs.Tier | ChangedInputs.SourceId);
        Changes(stored, Make("a") with { Tier = "premium", ExpiresAt = DateTimeOffset.UnixEpoch }).ShouldBe(ChangedInputs.ExpiresAt);
        Changes(stored, Make("a") with { Tier = "premium" }).ShouldBe(ChangedInputs.None);
        Changes(Dead(DocumentState.Removed, 5), document).ShouldBe(ChangedInputs.None, "it comes anew");
        Changes(null, document).ShouldBe(ChangedInputs.None);
    }

    [Fact]
    public void Another_text_of_the_same_state_of_a_file_is_another_extractors()
    {
        var stamp = new FileStamp(10, 20, 30, 40);
        var stored = Stored("a");
        stored = stored with { Glance = stored.Glance with { Token = stamp.TokenFor(1) } };

        Changes(stored, Make("b") with { Token = stamp.TokenFor(2) }).ShouldBe(ChangedInputs.Extractor);
        Changes(stored, Make("b") with { Token = (stamp with { ChangeTime = 31 }).TokenFor(2) }).ShouldBe(ChangedInputs.Text);
        Changes(stored, Make("b") with { Token = stamp.TokenFor(1) }).ShouldBe(ChangedInputs.Text);
        Changes(stored, Make("b")).ShouldBe(ChangedInputs.Text, "nothing is known of it");
    }

    [Fact]
    public void Force_embeds_the_unchanged_again() =>
        DocumentDiff.Judge(Stored("a"), Make("a"), ContentHash.Of("a"), Here, new JudgeOptions(Force: true)).ShouldBe(Verdict.Reembedded);

    [Theory]
    [InlineData(4, Verdict.Outdated)]
    [InlineData(6, Verdict.Edited)]
    public void The_version_decides_which_state_is_newer(long version, object verdict) =>
        Judge(Stored("a", 5), Make("b", version)).ShouldBe((Verdict)verdict);

    [Fact]
    public void An_older_version_is_outdated_even_with_the_same_content() =>
        Judge(Stored("a", 5), Make("a", 4)).ShouldBe(Verdict.Outdated);

    [Fact]
    public void An_equal_version_with_other_content_is_a_conflict() =>
        Should.Throw<ItemException>(() => Judge(Stored("a", 5), Make("b", 5))).Code.ShouldBe(ErrorCodes.VersionConflict);

    [Fact]
    public void A_modification_time_serves_where_there_is_no_version()
    {
        var noon = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var stored = Stored("a") with { Version = new DocumentVersion(null, noon) };

        Judge(stored, Make("b") with { Version = new DocumentVersion(null, noon.AddSeconds(-1)) }).ShouldBe(Verdict.Outdated);
        Judge(stored, Make("b") with { Version = new DocumentVersion(null, noon.AddSeconds(1)) }).ShouldBe(Verdict.Edited);
        Judge(stored, Make("b") with { Version = stored.Version }).ShouldBe(Verdict.Edited, "the later arrival wins");
        Judge(stored, Make("a") with { Version = stored.Version }).ShouldBe(Verdict.Unchanged);
        var buried = Dead(DocumentState.Tombstoned, null) with { Version = stored.Version };
        Judge(buried, Make("b") with { Version = stored.Version }).ShouldBe(Verdict.Added);
    }

    [Fact]
    public void Where_one_has_no_number_the_times_decide()
    {
        var noon = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var stored = Stored("a") with { Version = new DocumentVersion(3, noon) };

        Judge(stored, Make("b") with { Version = new DocumentVersion(null, noon.AddSeconds(-1)) }).ShouldBe(Verdict.Outdated);
        Judge(stored, Make("b") with { Version = new DocumentVersion(null, noon) }).ShouldBe(Verdict.Edited);
        Judge(stored, Make("b") with { Version = new DocumentVersion(4, noon.AddSeconds(-1)) }).ShouldBe(Verdict.Edited);
        Judge(stored, Make("b")).ShouldBe(Verdict.Edited);
    }

    [Fact]
    public void A_document_of_another_source_is_a_conflict_while_it_lives()
    {
        var stored = Stored("a");
        var foreign = stored with { Glance = stored.Glance with { Source = new SourceKey(2) } };

        Should.Throw<ItemException>(() => Judge(foreign, Make("a"))).Code.ShouldBe(ErrorCodes.SourceConflict);
        Judge(foreign with { Glance = foreign.Glance with { State = DocumentState.Removed } }, Make("a")).ShouldBe(Verdict.Added);
    }

    [Fact]
    public void What_was_merely_not_listed_comes_back_with_its_version()
    {
        var removed = Dead(DocumentState.Removed, 5);

        Judge(removed, Make("a", 5)).ShouldBe(Verdict.Added);
        Judge(removed, Make("a", 4)).ShouldBe(Verdict.Outdated);
    }

    [Fact]
    public void A_tombstone_is_beaten_by_a_newer_version_only()
    {
        var buried = Dead(DocumentState.Tombstoned, 5);

        Judge(buried, Make("a", 4)).ShouldBe(Verdict.Outdated);
        Judge(buried, Make("a", 5)).ShouldBe(Verdict.Outdated);
        Judge(buried, Make("a", 6)).ShouldBe(Verdict.Added);
    }

    [Theory]
    [InlineData(4, Verdict.Outdated)]
    [InlineData(5, Verdict.Deleted)]
    [InlineData(6, Verdict.Deleted)]
    public void A_tombstone_deletes_what_is_not_newer(long version, object verdict) =>
        DocumentDiff.Judge(Stored("a", 5), Tombstone(version), Here, default).ShouldBe((Verdict)verdict);

    [Fact]
    public void A_tombstone_of_the_unknown_is_remembered() =>
        DocumentDiff.Judge(null, Tombstone(1), Here, default).ShouldBe(Verdict.Buried);

    [Fact]
    public void Of_two_items_with_one_id_the_higher_version_wins_else_the_later()
    {
        DocumentDiff.LaterWins(new DocumentVersion(2, null), new DocumentVersion(1, null)).ShouldBeFalse();
        DocumentDiff.LaterWins(new DocumentVersion(1, null), new DocumentVersion(2, null)).ShouldBeTrue();
        DocumentDiff.LaterWins(new DocumentVersion(2, null), default).ShouldBeTrue();
        DocumentDiff.LaterWins(default, default).ShouldBeTrue();
    }

    [Fact]
    public void Of_two_items_with_one_id_and_one_version_the_later_wins()
    {
        var noon = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

        DocumentDiff.LaterWins(new DocumentVersion(2, null), new DocumentVersion(2, null)).ShouldBeTrue();
        DocumentDiff.LaterWins(new DocumentVersion(null, noon), new DocumentVersion(null, noon)).ShouldBeTrue();
        DocumentDiff.LaterWins(new DocumentVersion(null, noon), new DocumentVersion(null, noon.AddTicks(-1))).ShouldBeFalse();
    }

    [Theory]
    [InlineData(4, Verdict.Unchanged)]
    [InlineData(5, Verdict.Unchanged)]
    [InlineData(6, Verdict.Buried)]
    public void What_is_buried_is_buried_again_by_a_newer_tombstone_only(long version, object verdict) =>
        DocumentDiff.Judge(Dead(DocumentState.Tombstoned, 5), Tombstone(version), Here, default).ShouldBe((Verdict)verdict);

    [Fact]
    public void A_tombstone_with_another_token_is_another_unless_it_is_older()
    {
        var buried = Dead(DocumentState.Tombstoned, null);
        var known = new ChangeToken(ContentHash.Of("known"));
        buried = buried with { Glance = buried.Glance with { Token = known } };
        var other = Tombstone(null) with { Token = new ChangeToken(ContentHash.Of("other")) };

        DocumentDiff.Judge(buried, Tombstone(null) with { Token = known }, Here, default).ShouldBe(Verdict.Unchanged);
        DocumentDiff.Judge(buried, Tombstone(null), Here, default).ShouldBe(Verdict.Unchanged, "without a token nothing differs");
        DocumentDiff.Judge(buried, other, Here, default).ShouldBe(Verdict.Buried);
        DocumentDiff.Judge(
            buried with { Version = new DocumentVersion(5, null) },
            other with { Version = new DocumentVersion(4, null) }, Here, default).ShouldBe(Verdict.Unchanged);
    }

    [Theory]
    [InlineData(4, Verdict.Unchanged)]
    [InlineData(5, Verdict.Buried)]
    public void What_was_merely_not_listed_is_buried_by_a_tombstone_that_is_not_older(long version, object verdict) =>
        DocumentDiff.Judge(Dead(DocumentState.Removed, 5), Tombstone(version), Here, default).ShouldBe((Verdict)verdict);

    [Fact]
    public void A_tombstone_of_another_source_is_a_conflict_while_the_document_lives()
    {
        var stored = Stored("a", 5);
        var foreign = stored with { Glance = stored.Glance with { Source = new SourceKey(2) } };
        var dead = foreign with { Glance = foreign.Glance with { State = DocumentState.Removed } };

        Should.Throw<ItemException>(() => DocumentDiff.Judge(foreign, Tombstone(9), Here, default))
            .Code.ShouldBe(ErrorCodes.SourceConflict);
        DocumentDiff.Judge(dead, Tombstone(9), Here, default).ShouldBe(Verdict.Buried);
    }

    [Fact]
    public void Whoever_ignores_versions_takes_what_comes()
    {
        var options = new JudgeOptions(IgnoreVersions: true);

        DocumentDiff.Judge(Stored("a", 5), Make("b", 4), ContentHash.Of("b"), Here, options).ShouldBe(Verdict.Edited);
        DocumentDiff.Judge(Stored("a", 5), Make("b", 5), ContentHash.Of("b"), Here, options).ShouldBe(Verdict.Edited);
        DocumentDiff.Judge(Stored("a", 5), Tombstone(4), Here, options).ShouldBe(Verdict.Deleted);
        DocumentDiff.Judge(Dead(DocumentState.Tombstoned, 5), Make("b", 4), ContentHash.Of("b"), Here, options)
            .ShouldBe(Verdict.Added);
    }

    [Fact]
    public void What_is_damaged_is_written_anew_unless_what_comes_is_older()
    {
        var damaged = Stored("a", 5) with { IsDamaged = true };

        Judge(damaged, Make("a", 5)).ShouldBe(Verdict.Edited);
        Judge(damaged, Make("a", 4)).ShouldBe(Verdict.Outdated);
    }

    private static Verdict Judge(DocumentRecord? stored, Document document) =>
        DocumentDiff.Judge(stored, document, ContentHash.Of(document.Text), Here, default);

    private static ChangedInputs Changes(DocumentRecord? stored, Document document) =>
        DocumentDiff.Compare(stored, document, ContentHash.Of(document.Text));

    private static Document Make(string text, long? version = null) =>
        new() { Id = "d", SourceId = "d", Text = text, Version = new DocumentVersion(version, null) };

    private static DocumentChange.Delete Tombstone(long? version) =>
        new("d", "d", new DocumentVersion(version, null), ChangeToken.None);

    private static DocumentRecord Stored(string text, long? version = null) => new()
    {
        Glance = new DocumentGlance { Key = new DocumentKey(1), State = DocumentState.Live, Source = Here, Sequence = 3 },
        Id = "d",
        SourceId = "d",
        TextHash = ContentHash.Of(text),
        Version = new DocumentVersion(version, null),
    };

    private static DocumentRecord Dead(DocumentState state, long? version)
    {
        var stored = Stored("a", version);
        return stored with { Glance = stored.Glance with { State = state }, TextHash = default };
    }
}
