using System.Text.Json.Nodes;
using Shouldly;
using Tidemark.Documents;
using Xunit;

namespace Tidemark.Tests.Documents;

public sealed class MetadataFieldsTests
{
    [Fact]
    public void Values_of_a_program_become_canonical_JSON() =>
        DocumentMetadata.Of(
            ("z", "text"),
            ("a", true),
            ("n", null),
            ("i", 42),
            ("d", 29.90m),
            ("f", 0.5),
            ("list", new[] { "x", "y" }),
            ("day", new DateOnly(2026, 5, 1)),
            ("at", new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero)),
            ("kind", CleanupMode.Full),
            ("json", JsonNode.Parse("""{"b":1,"a":[2]}"""))).Json
            .ShouldBe("""
            {"a":true,"at":"2026-05-01T10:00:00.0000000+00:00","d":29.90,"day":"2026-05-01","f":0.5,"i":42,"json":{"a":[2],"b":1},"kind":"Full","list":["x","y"],"n":null,"z":"text"}
            """.Trim());

    [Fact]
    public void Nothing_is_empty() => DocumentMetadata.Of().ShouldBe(DocumentMetadata.Empty);

    [Fact]
    public void What_JSON_does_not_know_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("x", double.NaN))).Message.ShouldContain("'x'");
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("y", new object()))).Message.ShouldContain("'y'");
    }
}
