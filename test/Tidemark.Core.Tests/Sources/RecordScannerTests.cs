using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class RecordScannerTests
{
    private static readonly JsonLinesOptions[] Options =
    [
        new(),
        new() { RequireIdentity = true },
        new() { SourceIdKey = "source" },
        new() { SourceIdKey = "source", RequireIdentity = true },
        new() { SourceIdKey = "tier" },
        new() { TextKey = "content" },
        new() { TextKey = "source", SourceIdKey = "source" },
        new() { IdKey = "source" },
        new() { SourceIdTemplate = "s/{source}" },
        new() { TextTemplate = "{text}{content}" },
    ];

    private static readonly Gen<string> Names = Gen.Elements(
        "\"id\"", "\"text\"", "\"content\"", "\"page_content\"", "\"metadata\"", "\"source\"", "\"deleted\"",
        "\"tier\"", "\"te\\u0078t\"", "\"other\"", "\"a\"", "\"B\"", "\"\u00e9\"", "\"\uff01\"", "\"\ud83d\ude00\"", "\"q\\\"\"",
        "\"vers\\u0069on\"", "\"embedding\"");

    private static readonly Gen<string> Values = Gen.Elements(
        "\"a\"", "\"\"", "\"\\u00e9\\n\"", "\"\\u0000\"", "\"\\ud800\"", "null", "true", "7", "1.50", "[1]", "{}",
        "[]", "[\"x\", 1.0,[true ,null], \"\\u00e9\"]", "[{\"b\":1}]", "{\"b\":1,\"a\":[ 2 ]}", "{\"a\":1,\"a\":\"\\/\"}", "1e3",
        "\"<&'+\u2028\ud83d\ude00\u007f\"", "{\"source\":\"m\"}", "{\"source\":null}", "{\"source\":\"m\",\"so\\u0075rce\":\"n\"}", "{\"text\":\"no\"}");

    [Fact]
    public void What_is_found_without_parsing_is_what_parsing_finds()
    {
        var field = from n in Names from v in Values select $"{n}:{v}";
        var records =
            from fields in field.ListOf()
            from end in Gen.Elements("}", "}", "}", "}", "", "} x")
            from options in Gen.Elements(Options)
            select (Line: $"{{{string.Join(',', fields)}{end}", options);
        Prop.ForAll(records.ToArbitrary(), c => Agree(c.Line, c.options))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void The_metadata_of_records_without_an_id_are_written_as_parsing_writes_them()
    {
        var ordinary = Names.Where(name => name is not ("\"id\"" or "\"text\"" or "\"deleted\"" or "\"te\\u0078t\""));
        var field = from n in ordinary from v in Values select $"{n}:{v}";
        var records =
            from fields in field.ListOf()
            from inner in field.ListOf()
            select $"{{{string.Concat(fields.Select(f => f + ","))}\"text\":\"x\",\"metadata\":{{{string.Join(',', inner)}}}}}";
        Prop.ForAll(records.ToArbitrary(), line => Agree(line, new JsonLinesOptions { TextKey = "text", SourceIdKey = "source" }))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Theory]
    [InlineData("{\"text\":\"x\",\"source\":\"s\"}", true)]
    [InlineData("{\"page_content\":\"x\\n\",\"metadata\":{\"a\":[\"b\", 1],\"source\":5,\"c\":\"\\n\\u00e9\"}}", true)]
    [InlineData("{\"page_content\":\"x\\n\",\"metadata\":{\"a\":[{}],\"source\":5}}", false)]
    [InlineData("{\"id\":\"a\",\"text\":", true)]
    [InlineData("{\"text\":\"x\"}", true)]
    [InlineData("{\"text\":\"x\",\"deleted\":false}", false)]
    [InlineData("{\"text\":5}", false)]
    [InlineData("nonsense", false)]
    public void Ordinary_records_are_not_parsed(string line, bool found)
    {
        using var arena = new ByteArena();
        Scan(line, new JsonLinesOptions { SourceIdKey = "source" }, arena).IsEmpty.ShouldBe(!found);
    }

    [Fact]
    public void A_null_in_the_metadata_does_not_end_the_record() =>
        Agree("""{"text":"x","metadata":{"source":null,"a":1},"source":"late"}""", new JsonLinesOptions { SourceIdKey = "source" });

    private static void Agree(string line, JsonLinesOptions options)
    {
        using var arena = new ByteArena();
        var found = Scan(line, options, arena);
        if (found.IsEmpty)
        {
            return;
        }

        try
        {
            using var parsed = JsonDocument.Parse(line);
            var identity = new RecordReader(options).IdentityOf(new JsonRecord(parsed.RootElement, "line 1"));
            Encoding.UTF8.GetString(found.Span).ShouldBe(identity.Id, line);
        }
        catch (Exception e) when (e is JsonException or ItemException or InvalidOperationException)
        {
            // An id that stands in the line itself may be found although the rest is bad; one made of the rest may not.
            line.ShouldContain($"\"{options.IdKey ?? "id"}\":", Case.Sensitive, $"{line}: {e.Message}");
        }
    }

    private static ReadOnlyMemory<byte> Scan(string line, JsonLinesOptions options, ByteArena arena)
    {
        var records = new RecordReader(options);
        var scanner = new RecordScanner(new IdScanner(records.IdField), records.ContentIds);
        return scanner.Find(Encoding.UTF8.GetBytes(line), arena);
    }
}
