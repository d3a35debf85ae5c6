using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>What the configuration makes of an event.</summary>
public sealed class EventMapTests
{
    private static readonly HookMapping Mapping = new()
    {
        Id = "shop/{/data/id}",
        Text = "{/data/name}\n\n{/data/about?}",
        Version = "/data/revision",
        Metadata = ["price=/data/price", "shelf=row {/data/row}", "/data/more"],
        Upsert = ["product.*"],
        Delete = ["product.deleted"],
        Ignore = ["ping", "order.*"],
    };

    [Fact]
    public void A_document_is_made_of_it_as_the_mapping_says() => Events.Read(HookFormat.Json, Mapping with { Namespace = "tenant-{/tenant}", ExpiresAt = "/data/until", Tier = "/data/tier?" }).Map(
        """{"type":"product.created","tenant":7,"data":{"id":12,"name":"Rope","about":"Ten metres.","revision":3,"price":9.50,"row":2,"more":{"colour":"red","tags":["a"]},"until":"2030-01-01"}}""")
        .ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Change>().ShouldSatisfyAllConditions(
            change => change.Namespace.ShouldBe("tenant-7"),
            change => change.Document.ShouldBe("shop/12"),
            change => System.Text.Encoding.UTF8.GetString(change.Line).ShouldBe(
                """{"id":"shop/12","text":"Rope\n\nTen metres.","metadata":{"price":9.50,"shelf":"row 2","colour":"red","tags":["a"]},"expires_at":"2030-01-01","version":3}"""));

    [Theory]
    [InlineData("product.created", false)]
    [InlineData("product.deleted", true)]
    public void The_list_that_names_an_event_most_exactly_counts(string type, bool isDelete)
    {
        var line = Events.Read(HookFormat.Json, Mapping).Map($$$"""{"type":"{{{type}}}","data":{"id":1,"name":"Rope","revision":3,"row":1}}""").Line();

        line.TryGetProperty("deleted", out _).ShouldBe(isDelete);
        line.GetProperty("version").GetInt64().ShouldBe(3);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("order.paid")]
    public void What_is_of_no_concern_is_ignored_whatever_it_holds(string type) =>
        Events.Read(HookFormat.Json, Mapping).Map($$"""{"type":"{{type}}"}""").ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();

    [Fact]
    public void What_no_list_names_is_told() => Events.Read(HookFormat.Json, Mapping).Map("""{"type":"customer.created"}""").Poison().Message.ShouldContain("'customer.created'");

    [Fact]
    public void Where_no_list_names_anything_every_event_puts_a_document() =>
        Events.Read(HookFormat.Json, new HookMapping { Id = "/id", Text = "/text", Version = "/v" }).Map("""{"id":"a","text":"b","v":1}""").Line().GetProperty("text").GetString().ShouldBe("b");

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"2026-01-01T00:00:00Z\"", true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void A_member_may_say_that_it_is_gone(string value, bool isDelete) => Events.Read(HookFormat.Json, new HookMapping { Id = "/id", Text = "/text", Version = "/v", Deleted = "/gone" })
        .Map($$"""{"id":"a","text":"b","v":1,"gone":{{value}}}""").Line().TryGetProperty("deleted", out _).ShouldBe(isDelete);

    [Theory]
    [InlineData("""{"type":"product.created","data":{"name":"Rope","revision":3,"row":1}}""", "'/data/id' is not there")]
    [InlineData("""{"type":"product.created","data":{"id":null,"name":"Rope","revision":3,"row":1}}""", "'/data/id' is not there")]
    [InlineData("""{"type":"product.created","data":{"id":1,"revision":3,"row":1}}""", "'/data/name' is not there")]
    [InlineData("""{"type":"product.created","data":{"id":1,"name":{},"revision":3,"row":1}}""", "'/data/name' is an object")]
    [InlineData("""{"type":"product.created","data":{"id":1,"name":["x"],"revision":3,"row":1}}""", "'/data/name' is a list")]
    [InlineData("""{"type":"product.created","data":{"id":1,"name":"Rope","row":1}}""", "'/data/revision' is not there")]
    [InlineData("""{"type":"product.created","data":{"id":1,"name":"Rope","revision":3,"row":1,"more":4}}""", "'/data/more' is no object")]
    [InlineData("""{"type":"product.created","data":{"id":"\ud800","name":"Rope","revision":3,"row":1}}""", "surrogate")]
    [InlineData("""{"data":{}}""", "'/type' is not there")]
    [InlineData("""[]""", "'/type' is not there")]
    [InlineData("""{"type":""", "no JSON")]
    [InlineData("", "no JSON")]
    [InlineData("\0", "no JSON")]
    public void What_cannot_be_mapped_is_told_by_the_place_and_not_by_its_content(string body, string message) =>
        Events.Read(HookFormat.Json, Mapping).Map(body).Poison().Message.ShouldContain(message);

    [Fact]
    public void An_empty_id_is_none() =>
        Events.Read(HookFormat.Json, new HookMapping { Id = "{/id}", Text = "/text", Version = "/v" }).Map("""{"id":"","text":"b","v":1}""").Poison().Message.ShouldContain("id is empty");

    [Fact]
    public void An_event_of_GitHub_is_named_by_its_header_and_what_was_done()
    {
        var hook = Events.Read(
            HookFormat.Json,
            new HookMapping { Id = "issues/{/issue/number}", Text = "/issue/body", ModifiedAt = "/issue/updated_at", Upsert = ["issues.opened", "issues.edited"], Delete = ["issues.deleted"] },
            HookSignature.GitHub);
        const string Body = """{"action":"opened","issue":{"number":4,"body":"Text","updated_at":"2026-01-01T00:00:00Z"}}""";

        hook.Map(Body, ("X-GitHub-Event", "issues")).Line().GetProperty("modified_at").GetString().ShouldBe("2026-01-01T00:00:00Z");
        hook.Map("""{"zen":"x"}""", ("X-GitHub-Event", "ping")).ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();
        hook.Map("""{"ref":"x"}""", ("X-GitHub-Event", "push")).Poison().Message.ShouldContain("'push'");
        hook.Map(Body).Poison().Message.ShouldContain("the header 'X-GitHub-Event'");
    }

    [Fact]
    public void An_event_of_Stripe_is_ordered_by_its_time_where_nothing_else_is_said() => Events.Read(
        HookFormat.Json, new HookMapping { Id = "/data/object/id", Text = "/data/object/name", Upsert = ["product.updated"] }, HookSignature.Stripe)
        .Map("""{"id":"evt_1","type":"product.updated","created":1700000000,"data":{"object":{"id":"prod_1","name":"Rope"}}}""")
        .Line().GetProperty("modified_at").GetInt64().ShouldBe(1700000000);

    [Theory]
    [InlineData("""{"tenant":"","id":"a","text":"b","v":1}""", "a part of its namespace is empty: '/tenant'")]
    [InlineData("""{"tenant":"t","id":"","text":"b","v":1}""", "a part of its id is empty: '/id'")]
    [InlineData("""{"tenant":"t","id":" ","text":"b","v":1}""", "a part of its id is empty: '/id'")]
    public void A_name_with_an_empty_part_is_none(string body, string message) => Events.Read(
        HookFormat.Json, new HookMapping { Namespace = "tenant-{/tenant}", Id = "shop/{/id}", Text = "/text", Version = "/v" }).Map(body).Poison().Message.ShouldBe(message);
}
