using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Reporting;
using Xunit;

namespace Tidemark.Core.Tests.Reporting;

/// <summary>What the chunks of a document cost, and why they were embedded.</summary>
public sealed class WhyReportTests
{
    [Theory]
    [InlineData(3_000_000, 6.0, 2_000_000, 1_000_000)]
    [InlineData(2_000_000, 4.0, 2_000_000, 0)]
    [InlineData(0, 0.0)]
    public void What_was_sent_is_counted_and_priced(long tokens, double cost, params int[] chunks)
    {
        var why = Report([.. chunks.Select(count => Chunk(count, 2m)), Chunk(500, price: null) with { IsReused = true }]);

        (why.Tokens, why.Cost).ShouldBe((tokens, (decimal)cost));
    }

    [Fact]
    public void Where_one_price_is_not_known_the_sum_is_not_either()
    {
        Report([Chunk(1, 2m), Chunk(1, price: null)]).Cost.ShouldBeNull();
        Report([Chunk(1_000_000, 2m), Chunk(0, price: null)]).Cost.ShouldBe(2m, "nothing was sent of the other");
        WhyReport.CostOf(Chunk(0, price: null)).ShouldBe(0);
    }

    [Theory]
    [InlineData(EmbeddingCause.Text, "text")]
    [InlineData(EmbeddingCause.Chunker, "chunker")]
    [InlineData(EmbeddingCause.Model, "model")]
    [InlineData(EmbeddingCause.Template, "template")]
    [InlineData(EmbeddingCause.Force, "force")]
    [InlineData(EmbeddingCause.Supplied, "supplied")]
    [InlineData(EmbeddingCause.Repair, "repair")]
    [InlineData(EmbeddingCause.Unknown, "unknown")]
    public void Each_cause_has_its_name(EmbeddingCause cause, string name) => WhyReport.NameOf(cause).ShouldBe(name);

    private static WhyReport Report(ChunkOrigin[] chunks) => new(
        new DocumentSummary { Id = "a", Source = "s", SourceId = "a", TextHash = ContentHash.Of("a"), Metadata = DocumentMetadata.Empty },
        "default",
        new PipelineIdentity("none", "text", "fake", 2),
        chunks);

    private static ChunkOrigin Chunk(long tokens, decimal? price) => new()
    {
        Ordinal = 0,
        Input = ContentHash.Of("a"),
        Occurrence = 0,
        IndexedIn = 1,
        Tokens = tokens,
        PricePerMillionTokens = price,
    };
}
