using System.Text.Json;
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

    [Theory]
    [MemberData(nameof(RareKinds))]
    public void Rare_kinds_of_values_are_written_as_they_are_said(object value, string json) =>
        DocumentMetadata.Of(("k", value)).Json.ShouldBe($$"""{"k":{{json}}}""");

    public static TheoryData<object, string> RareKinds => new()
    {
        { (byte)1, "1" },
        { (sbyte)-1, "-1" },
        { (short)-2, "-2" },
        { (ushort)2, "2" },
        { 3u, "3" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { 0.25f, "0.25" },
        { new DateTime(2026, 5, 1, 10, 0, 0, DateTimeKind.Utc), "\"2026-05-01T10:00:00.0000000Z\"" },
        { new TimeOnly(10, 30), "\"10:30:00.0000000\"" },
        { new Guid("00000000-0000-0000-0000-000000000001"), "\"00000000-0000-0000-0000-000000000001\"" },
        { new Uri("https://example.org/a"), "\"https://example.org/a\"" },
        { JsonDocument.Parse("[1,{\"b\":2,\"a\":1}]").RootElement, "[1,{\"a\":1,\"b\":2}]" },
        { new object?[] { 1, null, new[] { true } }, "[1,null,[true]]" },
    };

    [Fact]
    public void Nothing_is_empty() => DocumentMetadata.Of().ShouldBe(DocumentMetadata.Empty);

    [Fact]
    public void What_JSON_does_not_know_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("x", double.NaN))).Message.ShouldContain("'x'");
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("f", float.PositiveInfinity))).Message.ShouldContain("'f' is a 'System.Single'");
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("list", new[] { double.NaN }))).Message.ShouldContain("'list'");
        Should.Throw<ArgumentException>(() => DocumentMetadata.Of(("y", new object()))).Message.ShouldContain("'y'");
    }
}
