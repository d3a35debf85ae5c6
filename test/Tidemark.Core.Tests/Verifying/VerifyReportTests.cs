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
}
