using Shouldly;
using Tidemark.Documents;
using Tidemark.Postgres.Feeding;
using Xunit;

namespace Tidemark.Postgres.Tests.Feeding;

/// <summary>Rows as documents: values typed as their columns are, and null is not the empty text.</summary>
public sealed class RowMapperTests
{
    private static readonly FeedTable Table = new("public.product", "p/{id}", "{name}: {about}")
    {
        Metadata = ["price", "seen", "tags", "more", "at", "day"],
        ExpiresAt = "until",
        Tier = "tier",
    };

    [Fact]
    public void Columns_become_text_and_typed_metadata()
    {
        var document = Upsert(
            ("id", "7"), ("name", "Anchor"), ("about", null), ("price", "1.50"), ("seen", "t"), ("tags", "{a,\"b, c\",NULL}"),
            ("more", "{\"b\": 1, \"a\": null}"), ("at", "2026-01-02 03:04:05.6+00"), ("day", "2026-01-02"), ("until", "2030-01-01 00:00:00+00"), ("tier", "premium"));

        (document.Id, document.SourceId, document.Text, document.Version.Number).ShouldBe(("p/7", "public.product", "Anchor: ", 42));
        document.Metadata.Json.ShouldBe(
            """{"at":"2026-01-02T03:04:05.6Z","day":"2026-01-02","more":{"a":null,"b":1},"price":1.50,"seen":true,"tags":["a","b, c",null]}""");
        (document.ExpiresAt, document.Tier).ShouldBe((new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), "premium"));
    }

    [Fact]
    public void What_JSON_has_no_number_for_is_text_and_null_is_null()
    {
        var document = Upsert(("id", "7"), ("price", "NaN"), ("at", "infinity"), ("until", "infinity"), ("more", null), ("tags", "{{1},{2}}"));

        document.Text.ShouldBe("");
        document.ExpiresAt.ShouldBeNull();
        document.Metadata.Json.ShouldBe("""{"at":"infinity","day":null,"more":null,"price":"NaN","seen":null,"tags":"{{1},{2}}"}""");
    }

    [Fact]
    public void JSON_that_no_metadata_can_hold_does_not_stop_the_feed()
    {
        var deep = new string('[', 2000) + new string(']', 2000);

        Upsert(("id", "7"), ("more", deep)).Metadata.Json.ShouldContain("\"more\":\"[[[");
        Upsert(("id", "7"), ("more", """{"a":"\ud800"}"""), ("price", "1.50")).Metadata.Json.ShouldContain("""
            "more":"{\"a\":\"\\ud800\"}","price":1.50
            """);
        Upsert(("id", "7"), ("more", """{"\ud800":1}""")).Metadata.Json.ShouldContain("ud800");
        Upsert(("id", "7"), ("more", """{"a":"\u0000"}""")).Metadata.Json.ShouldNotContain("u0000");
        Upsert(("id", "7"), ("more", """{"a":"\\u0000"}""")).Metadata.Json.ShouldContain("""{"a":"\\u0000"}""");
    }

    [Fact]
    public void Without_a_column_of_the_id_there_is_no_document() =>
        Mapper().IdOf(Row(("id", null), ("name", "x"))).ShouldBeNull();

    [Fact]
    public void What_the_log_left_out_is_taken_from_what_was_there_before()
    {
        var (before, after) = (Row(("id", "7"), ("name", "old"), ("about", "large")), Row(("id", "7"), ("name", "new")));
        after.Miss("about");
        after.IsPartial.ShouldBeTrue();

        after.FillFrom(before);

        (after.IsPartial, after.Find("about"), after.Find("name")).ShouldBe((false, "large", "new"));
    }

    private static Document Upsert(params (string Column, string? Value)[] values)
    {
        var (mapper, row) = (Mapper(), Row(values));
        return ((DocumentChange.Upsert)mapper.Upsert(mapper.IdOf(row)!, row, 42, at: null)).Document;
    }

    private static RowMapper Mapper() => new(Table)
    {
        Types = new Dictionary<string, uint>(StringComparer.Ordinal)
        {
            ["id"] = 20,
            ["name"] = 25,
            ["price"] = 1700,
            ["seen"] = 16,
            ["tags"] = 1009,
            ["more"] = 3802,
            ["at"] = 1184,
            ["day"] = 1082,
        },
    };

    private static FeedRow Row(params (string Column, string? Value)[] values)
    {
        var row = new FeedRow();
        foreach (var (column, value) in values)
        {
            row.Set(column, value);
        }

        return row;
    }
}
