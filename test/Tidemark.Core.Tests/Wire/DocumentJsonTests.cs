using Shouldly;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class DocumentJsonTests
{
    private const string Members = """
        "document":"docs/a.md","source":"docs","sourceId":"docs/a.md",
        "textHash":"982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1","version":3,"modifiedAt":null,
        "expiresAt":"2026-01-02T12:00:00.0000005Z","tier":null,"sequence":9,"run":7,"updatedAt":"2026-01-02T12:00:00Z",
        "metadata":{"lang":"en"},
        """;

    [Fact]
    public void A_list_counts_the_chunks() =>
        Printed.Of(json => DocumentJson.Write(json, Reports.Document)).ShouldBe(Printed.Line($$"""{{{Members}}"chunks":2}"""));

    [Fact]
    public void A_document_that_is_shown_has_its_chunks() =>
        Printed.Of(json => DocumentJson.Write(json, Reports.Document, [Reports.Chunk])).ShouldBe(Printed.Line($$"""
            {{{Members}}"chunks":[{"id":"{{Reports.Chunk.Id}}","ordinal":1,"input":"{{Reports.Chunk.Input}}","occurrence":0,
            "heading":"A > B","text":"text \"é\""}]}
            """));

    [Theory]
    [InlineData(null, "}")]
    [InlineData("s:2", """,{"vector":[0.5,-1],"space":"s:2","heading":"A > B"}""")]
    public void A_line_of_an_export_has_the_vector_where_its_space_is_named(string? space, string end) =>
        Printed.Of(json => ChunkLineJson.Write(json, Reports.Chunk, space)).ShouldBe(Printed.Line($$"""
            {"document":"docs/a.md","source":"docs","ordinal":1,"id":"{{Reports.Chunk.Id}}","text":"text \"é\"",
            "metadata":{"lang":"en"}{{end.Replace(",{", ",", StringComparison.Ordinal)}}
            """));

    [Fact]
    public void A_vector_that_is_missing_is_null() =>
        Printed.Of(json => ChunkLineJson.Write(json, Reports.Chunk with { Vector = null }, "s:2"))
            .ShouldContain("\"vector\":null,\"space\":\"s:2\"");
}
