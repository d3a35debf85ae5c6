using Shouldly;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Verifying;
using Xunit;

namespace Tidemark.Tests.Verifying;

public sealed class VerifyReportTests
{
    [Fact]
    public void The_first_thousand_are_listed_and_all_are_counted()
    {
        var records = new DamageList();
        for (var i = 0; i < 1200; i++)
        {
            records.Add($"d{i}", "its text is not the one that was stored", DamageKind.Document);
        }

        var vectors = Enumerable.Range(0, 3)
            .Select(i => new MissingEmbedding(ContentHash.Of($"{i}"), $"{i}") { IsDamaged = true }).ToArray();
        var failures = new[] { new ItemFailure("f", ErrorCodes.SourceMalformed, "it is not read", "mend it", HidesDocuments: false) };

        var report = VerifyReport.Of(records.Check, new IndexCheck { MissingEmbeddings = vectors }, SourceDrift.None, failures);

        (report.Errors.Count, report.Corrupt).ShouldBe((1000, 1203));
    }

    public static TheoryData<bool, bool, RecordCheck, IndexCheck, SourceDrift> States
    {
        get
        {
            var (sound, clean, same) = (RecordCheck.Sound, new IndexCheck(), SourceDrift.None);
            var vector = new MissingEmbedding(ContentHash.Of("a"), "a");
            return new()
            {
                { true, false, sound, clean, same },
                { false, true, new RecordCheck { Count = 1 }, clean, same },
                { false, true, sound, clean with { Missing = 1 }, same },
                { false, true, sound, clean with { Orphaned = 1 }, same },
                { false, true, sound, clean with { Stale = 1 }, same },
                { false, true, sound, clean with { MissingEmbeddings = [vector] }, same },
                { false, true, sound, clean, same with { Missing = 1 } },
                { false, true, sound, clean, same with { Extra = 1 } },
                { false, true, sound, clean, same with { Changed = 1 } },
                { true, false, sound, clean, same with { Outdated = 1 } },
                { false, false, sound, clean, same with { Failed = 1 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public void In_step_is_what_is_whole_and_what_its_source_has(bool inSync, bool hasDrift, RecordCheck records, IndexCheck check, SourceDrift drift)
    {
        var report = VerifyReport.Of(records, check, drift, []);

        (report.InSync, report.HasDrift, report.Source).ShouldBe((inSync, hasDrift, drift));
    }

    [Fact]
    public void Damaged_vectors_are_corrupt_and_the_others_are_missing()
    {
        var vector = new MissingEmbedding(ContentHash.Of("a"), "a");
        var check = new IndexCheck
        {
            Documents = 1,
            Chunks = 2,
            Records = 3,
            Vectors = 4,
            Keywords = 5,
            Missing = 10,
            Orphaned = 6,
            Stale = 7,
            MissingEmbeddings = [vector, vector with { IsPast = true }, vector with { IsDamaged = true }],
        };
        var failure = new ItemFailure("f", ErrorCodes.SourceMalformed, "it is not read", "mend it", HidesDocuments: false);

        var report = VerifyReport.Of(new RecordCheck { Count = 1, Damages = [new("d", "x", DamageKind.Past)] }, check, SourceDrift.None, [failure]);

        (report.Documents, report.Chunks, report.Records, report.Vectors, report.Keywords).ShouldBe((1, 2, 3, 4, 5));
        (report.Missing, report.LostEmbeddings, report.Orphaned, report.Stale, report.Corrupt).ShouldBe((12, 2, 6, 7, 2));
        report.Errors.Select(error => error.Code).ShouldBe(
            [ErrorCodes.StoreCorrupt, ErrorCodes.StoreCorrupt, ErrorCodes.EmbeddingMissing, ErrorCodes.SourceMalformed]);
    }

    [Theory]
    [InlineData(DamageKind.Document, true, false)]
    [InlineData(DamageKind.Remnant, true, false)]
    [InlineData(DamageKind.Lost, false, true)]
    [InlineData(DamageKind.Derivable, false, false)]
    [InlineData(DamageKind.Past, false, false)]
    [InlineData(DamageKind.Memory, false, false)]
    public void What_a_repair_needs_is_told_by_the_damage(DamageKind kind, bool sources, bool backup)
    {
        var records = new RecordCheck { Count = 2, Damages = [new("d", "x", DamageKind.Derivable), new("e", "x", kind)] };

        var report = VerifyReport.Of(records, new IndexCheck(), SourceDrift.None, []);

        (report.NeedsSources, report.NeedsBackup).ShouldBe((sources, backup));
    }
}
