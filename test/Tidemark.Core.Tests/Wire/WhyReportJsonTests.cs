using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class WhyReportJsonTests
{
    private static readonly ChunkOrigin Paid = new()
    {
        Ordinal = 0,
        Input = ContentHash.Of("input"),
        Occurrence = 0,
        Heading = "A",
        IndexedIn = 7,
        IndexedAt = Printed.Noon,
        EmbeddedIn = 6,
        EmbeddedAt = Printed.Noon,
        Cause = EmbeddingCause.Model,
        Tokens = 1_000_000,
        PricePerMillionTokens = 0.02m,
    };

    private static readonly ChunkOrigin Reused = Paid with
    {
        Ordinal = 1,
        Heading = null,
        EmbeddedIn = 0,
        IsReused = true,
        ReusedFrom = "docs/b.md",
        ReusedFromNamespace = "other",
    };

    [Fact]
    public void Each_chunk_says_what_it_cost_and_where_its_vector_came_from()
    {
        var id = ChunkId.Of("docs/a.md", Paid.Input, 0);
        var why = new WhyReport(Reports.Document, "default", Reports.Pipeline, [Paid, Reused]);

        Printed.Of(json => WhyReportJson.Write(json, why)).ShouldBe(Printed.Line($$$"""
            {"document":"docs/a.md","namespace":"default","source":"docs","space":"hashing:384","chunker":"structured;1",
            "template":"text;1","tokens":1000000,"cost":0.02,"currency":"USD","chunks":[
            {"ordinal":0,"id":"{{{id}}}","heading":"A","input":"{{{Paid.Input}}}","reason":"model","run":6,"embeddedAt":"2026-01-02T12:00:00Z",
            "tokens":1000000,"cost":0.02,"reused":false,"reusedFrom":null,"indexed":{"run":7,"at":"2026-01-02T12:00:00Z"}},
            {"ordinal":1,"id":"{{{id}}}","heading":null,"input":"{{{Paid.Input}}}","reason":"model","run":null,"embeddedAt":"2026-01-02T12:00:00Z",
            "tokens":1000000,"cost":0.02,"reused":true,"reusedFrom":{"run":null,"document":"docs/b.md","namespace":"other"},
            "indexed":{"run":7,"at":"2026-01-02T12:00:00Z"}}]}
            """));
    }
}
