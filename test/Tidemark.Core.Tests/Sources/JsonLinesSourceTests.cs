using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class JsonLinesSourceTests
{
    [Fact]
    public async Task A_record_is_a_document_with_all_its_fields()
    {
        var document = await ReadOneAsync("""
            {"id":"a","text":"hello","metadata":{"x":1,"y":{"b":2,"a":[1.50,"z"]}},"x":0,"color":"red","version":7,
            """.TrimEnd() + """
            "modified_at":"2026-01-31T12:00:00+01:00","expires_at":"2027-01-01","tier":"premium"}
            """.Trim());
        document.Id.ShouldBe("a");
        document.SourceId.ShouldBe("a");
        document.Text.ShouldBe("hello");
        document.Metadata.Json.ShouldBe("""{"color":"red","x":1,"y":{"a":[1.50,"z"],"b":2}}""");
        document.Version.ShouldBe(new DocumentVersion(7, new DateTimeOffset(2026, 1, 31, 11, 0, 0, TimeSpan.Zero)));
        document.ExpiresAt.ShouldBe(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        document.Tier.ShouldBe("premium");
        document.Token.IsNone.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"id":1,"text":"x"}""", "1")]
    [InlineData("""{"id":1.50e3,"text":"x"}""", "1.50e3")]
    [InlineData("""{"id":"a\u00e9\n","text":"x"}""", "aé\n")]
    [InlineData("""{"text":"x","metadata":{"id":"no"},"id":"yes"}""", "yes")]
    [InlineData("""{"id":"first","text":"x","id":"last"}""", "last")]
    [InlineData("""{ "id" : "spaced" , "text" : "x" }""", "spaced")]
    [InlineData("""{"\u0069d":"escaped key","text":"x"}""", "escaped key")]
    public async Task The_id_is_listed_as_it_is_written(string line, string id)
    {
        var listing = await ListAsync(line);
        listing.Ids.ShouldBe([id]);
        listing.Documents.Single().Id.ShouldBe(id);
    }

    [Theory]
    [InlineData("""{"id":"a","text":"1","content":"2"}""", "1", """{"content":"2"}""")]
    [InlineData("""{"id":"a","content":"2","page_content":"3"}""", "2", """{"page_content":"3"}""")]
    [InlineData("""{"id":"a","page_content":"3"}""", "3", "{}")]
    [InlineData("""{"id":"a","text":null,"content":"2"}""", "2", """{"text":null}""")]
    [InlineData("""{"id":"a","text":""}""", "", "{}")]
    [InlineData("""{"id":"a","text":"1","metadata":{"text":"kept","id":"kept","deleted":1}}""", "1",
        """{"deleted":1,"id":"kept","text":"kept"}""")]
    [InlineData("""{"id":"a","text":"1","metadata":null}""", "1", "{}")]
    [InlineData("""{"id":"a","text":"1\r\n2\r3\n"}""", "1\n2\n3\n", "{}")]
    public async Task The_first_text_field_is_the_text_and_no_metadata(string line, string text, string metadata)
    {
        var document = await ReadOneAsync(line);
        document.Text.ShouldBe(text);
        document.Metadata.Json.ShouldBe(metadata);
    }

    [Fact]
    public async Task Keys_name_fields_of_the_record_or_its_metadata()
    {
        var options = new JsonLinesOptions { IdKey = "sku", TextKey = "body.main", SourceIdKey = "source" };
        var document = await ReadOneAsync(
            """{"id":9,"sku":17,"body":{"main":"hello"},"metadata":{"source":"b.txt"},"source":"a.txt"}""", options);
        document.Id.ShouldBe("17");
        document.SourceId.ShouldBe("b.txt");
        document.Text.ShouldBe("hello");
        document.Metadata.Json.ShouldBe("""{"body":{"main":"hello"},"id":9,"sku":17,"source":"b.txt"}""");
    }

    [Fact]
    public async Task Templates_make_text_and_source_id_and_leave_all_fields_in_the_metadata()
    {
        var options = new JsonLinesOptions
        {
            TextTemplate = "Product: {name} {{{size.cm}}} {tags.1}{missing}",
            SourceIdTemplate = "db/products/{id}",
        };
        var document = await ReadOneAsync(
            """{"id":3,"name":"Lamp","text":"kept","size":{"cm":40},"tags":["a","b"],"missing":null}""", options);
        document.Text.ShouldBe("Product: Lamp {40} b");
        document.SourceId.ShouldBe("db/products/3");
        document.Metadata.Json.ShouldBe(
            """{"missing":null,"name":"Lamp","size":{"cm":40},"tags":["a","b"],"text":"kept"}""");
    }

    [Theory]
    [InlineData("no field")]
    [InlineData("{open")]
    [InlineData("{}")]
    [InlineData("close}")]
    public void A_broken_template_is_refused(string template)
    {
        Should.Throw<TidemarkException>(() => Source("", new JsonLinesOptions { TextTemplate = template }))
            .Code.ShouldBe(ErrorCodes.Usage);
    }

    [Fact]
    public async Task Without_an_id_source_id_text_and_metadata_are_the_identity()
    {
        var listing = await ListAsync(
            """
            {"text":"same","metadata":{"a":1,"b":"x"}}
            {"b":"x","text":"same","metadata":{"a":1},"tier":"premium"}
            {"text":"same","metadata":{"a":1,"b":"y"}}
            {"text":"same","metadata":{"a":{"deep":[1]}}}
            {"metadata":{"a":{ "deep":[ 1 ] }},"text":"same"}
            {"text":"same","metadata":{}}
            {"text":"same"}
            """);

        listing.Ids.ShouldBe(listing.Documents.Select(document => document.Id), "found without parsing as with it");
        listing.Ids.Distinct().Count().ShouldBe(4);
        (listing.Ids[0], listing.Ids[3], listing.Ids[5]).ShouldBe((listing.Ids[1], listing.Ids[4], listing.Ids[6]));
        listing.Ids[0].ShouldBe(Convert.ToHexStringLower(SHA256.HashData("\0same\0{\"a\":1,\"b\":\"x\"}"u8)));
        listing.Documents.Select(document => document.FormerId).ShouldBe(
            [.. Enumerable.Repeat(listing.Ids[6], 5), null, null], "what former releases made of it");
    }

    [Fact]
    public async Task Without_an_id_the_same_record_of_one_source_is_one_document()
    {
        var options = new JsonLinesOptions { SourceIdKey = "source" };
        var listing = await ListAsync(
            """
            {"text":"same","source":"a"}
            {"content":"same","metadata":{"source":"a"}}
            {"text":"same","source":"b"}
            {"text":"other","source":"a"}
            """,
            options);
        listing.Ids[0].ShouldBe(Convert.ToHexStringLower(SHA256.HashData("a\0same\0{\"source\":\"a\"}"u8)));
        listing.Ids[1].ShouldBe(listing.Ids[0]);
        listing.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        listing.Documents.Select(d => d.SourceId).ShouldBe(["a", "a", "b", "a"]);
    }

    [Fact]
    public async Task Without_id_and_source_id_the_document_is_its_own_source_id()
    {
        var document = await ReadOneAsync("""{"text":"same"}""");
        document.Id.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("\0same"u8)));
        document.SourceId.ShouldBe(document.Id);
    }

    [Theory]
    [InlineData("5", 5L)]
    [InlineData("\"12\"", 12L)]
    [InlineData("-3", -3L)]
    [InlineData("null", null)]
    public async Task Versions_are_whole_numbers(string version, long? number)
    {
        (await ReadOneAsync($$"""{"id":"a","text":"x","version":{{version}}}""")).Version.Number.ShouldBe(number);
    }

    [Theory]
    [InlineData("\"2026-01-31\"", "2026-01-31T00:00:00.0000000+00:00")]
    [InlineData("\"2026-01-31T10:00:00Z\"", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("\"2026-01-31T10:00:00.123456789-05:00\"", "2026-01-31T15:00:00.1234567+00:00")]
    [InlineData("\"2026-01-31T10:00:00.99999999Z\"", "2026-01-31T10:00:00.9999999+00:00")]
    [InlineData("\"9999-12-31T23:59:59.9999999999Z\"", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("1769853600.999999999999999999999999999999", "2026-01-31T10:00:00.9999999+00:00")]
    [InlineData("-0.00000001", "1969-12-31T23:59:59.9999999+00:00")]
    [InlineData("1.7698536e9", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("\"2026-01-31 10:00:00\"", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("1769853600", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("1769853600.5", "2026-01-31T10:00:00.5000000+00:00")]
    public async Task Times_are_rfc_3339_dates_or_seconds(string time, string expected)
    {
        var document = await ReadOneAsync($$"""{"id":"a","text":"x","modified_at":{{time}}}""");
        document.Version.ModifiedAt!.Value.ToString("O", CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Fact]
    public async Task Own_vectors_come_with_or_without_their_space()
    {
        var listing = await ListAsync(
            """
            {"id":"a","text":"x","embedding":[1,-0.5]}
            {"id":"b","text":"x","embedding":[1],"embedding_space":"s"}
            {"id":"c","text":"x","embedding":{"space":"s","vector":[2e-1]}}
            {"id":"d","text":"x","embedding":null}
            """);
        listing.DocumentOf("a").Embedding!.Vector.ToArray().ShouldBe([1f, -0.5f]);
        listing.DocumentOf("a").Embedding!.Space.ShouldBeNull();
        listing.DocumentOf("b").Embedding!.Space.ShouldBe("s");
        listing.DocumentOf("c").Embedding!.Space.ShouldBe("s");
        listing.DocumentOf("c").Embedding!.Vector.ToArray().ShouldBe([0.2f]);
        listing.DocumentOf("d").Embedding.ShouldBeNull();
        listing.Documents.ShouldAllBe(d => d.Metadata.IsEmpty);
    }

    [Fact]
    public async Task Tombstones_need_no_text()
    {
        var listing = await ListAsync(
            """
            {"id":"a","deleted":true,"version":3}
            {"id":"b","deleted_at":"2026-01-31","metadata":{"source":"s"}}
            {"deleted":true,"source":"s","version":4}
            {"id":"c","deleted":false,"deleted_at":null,"text":"alive","source":"t"}
            {"id":"d","deleted_at":"2026-01-31","modified_at":"2026-02-01"}
            """,
            new JsonLinesOptions { SourceIdKey = "source", RequireIdentity = true });
        listing.Failures.ShouldBeEmpty();
        listing.Ids.ShouldBe(["a", "b", "", "c", "d"]);
        var day = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
        listing.Read[0].ShouldBe(new DocumentChange.Delete("a", "a", new DocumentVersion(3, null), listing.Tokens[0]));
        listing.Read[1].ShouldBe(new DocumentChange.Delete("b", "s", new DocumentVersion(null, day), listing.Tokens[1]));
        listing.Read[2].ShouldBe(new DocumentChange.DeleteSource("s", new DocumentVersion(4, null)));
        listing.DocumentOf("c").SourceId.ShouldBe("t");
        listing.Read[4].ShouldBe(
            new DocumentChange.Delete("d", "d", new DocumentVersion(null, day.AddDays(1)), listing.Tokens[4]));
    }

    [Fact]
    public async Task The_token_tells_other_lines_and_other_settings_apart()
    {
        const string line = """{"id":"a","text":"x","name":"y"}""";
        var first = (await ListAsync(line)).Tokens[0];
        (await ListAsync(line + "\r\n")).Tokens[0].ShouldBe(first);
        (await ListAsync(line + " ")).Tokens[0].ShouldBe(first);
        (await ListAsync(line, new JsonLinesOptions { Name = "other" })).Tokens[0].ShouldBe(first);
        (await ListAsync(line.Replace("\"y\"", "\"z\"", StringComparison.Ordinal))).Tokens[0].ShouldNotBe(first);
        foreach (var options in (JsonLinesOptions[])
            [
                new() { IdKey = "name" }, new() { TextKey = "name" }, new() { SourceIdKey = "name" },
                new() { TextTemplate = "{name}" }, new() { SourceIdTemplate = "{name}" },
            ])
        {
            (await ListAsync(line, options)).Tokens[0].ShouldNotBe(first);
        }
    }

    [Fact]
    public async Task Blank_lines_marks_and_carriage_returns_are_nothing()
    {
        var listing = await ListAsync("\uFEFF{\"id\":\"a\",\"text\":\"x\"}\r\n\r\n   \n{\"id\":\"b\",\"text\":\"y\"}");
        listing.Ids.ShouldBe(["a", "b"]);
        listing.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_stream_lists_nothing()
    {
        (await ListAsync("")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_file_is_said_to_be_missing_and_a_file_can_be_listed_twice()
    {
        using var folder = new TemporaryFolder();
        var missing = new JsonLinesSource(folder.Path("no.jsonl"), new JsonLinesOptions());
        missing.Size.ShouldBeNull();
        (await Should.ThrowAsync<TidemarkException>(() => Listing.OfAsync(missing))).Code
            .ShouldBe(ErrorCodes.SourceMissing);
        var there = new JsonLinesSource(folder.Write("a.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n"), new JsonLinesOptions());
        there.Size!.Bytes.ShouldBe(22);
        (await Listing.OfAsync(there)).Bytes.ShouldBe(22);
        (await Listing.OfAsync(there)).Ids.ShouldBe(["a"]);
    }

    internal static JsonLinesSource Source(string content, JsonLinesOptions? options = null) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(content)), options ?? new JsonLinesOptions());

    internal static Task<Listing> ListAsync(string content, JsonLinesOptions? options = null) =>
        Listing.OfAsync(Source(content, options), read: true);

    private static async Task<Document> ReadOneAsync(string line, JsonLinesOptions? options = null)
    {
        var listing = await ListAsync(line, options);
        listing.Failures.ShouldBeEmpty();
        return listing.Read.ShouldHaveSingleItem().ShouldBeOfType<DocumentChange.Upsert>().Document;
    }
}
