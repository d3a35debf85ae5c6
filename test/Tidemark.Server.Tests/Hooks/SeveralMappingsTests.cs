using System.Text.Json;
using Shouldly;
using Tidemark.Server.Hooks.Mapping;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>One address for the changes of several tables.</summary>
public sealed class SeveralMappingsTests
{
    private static readonly HookOptions Options = new()
    {
        Name = "database",
        Format = HookFormat.Debezium,
        Mapping = new HookMapping(),
        By = "/source/table",
        Mappings = new Dictionary<string, HookMapping>(StringComparer.Ordinal)
        {
            ["product"] = new HookMapping { Source = "products", Id = "products/{/row/id}", Text = "/row/name" },
            ["page"] = new HookMapping { Id = "pages/{/row/slug}", Text = "{/row/title}\n\n{/row/body}" },
            ["session"] = new HookMapping { Ignore = ["*"] },
        },
    };

    [Fact]
    public void Each_table_has_its_own()
    {
        Line(Map("product", """{"id":7,"name":"Rope"}""")).ShouldBe("""{"id":"products/7","text":"Rope","version":9}""");
        Map("product", """{"id":7,"name":"Rope"}""").Source.ShouldBe("products");
        Line(Map("page", """{"slug":"a","title":"A","body":"Text."}""")).ShouldBe("""{"id":"pages/a","text":"A\n\nText.","version":9}""");
        Map("page", """{"slug":"a","title":"A","body":"Text."}""").Source.ShouldBeNull();
        Map("session", """{"id":1}""").ShouldBeOfType<MappedEvent.Ignored>();
    }

    [Fact]
    public void A_table_that_has_none_is_told() => Map("invoice", """{"id":1}""").ShouldBeOfType<MappedEvent.Poison>().ShouldSatisfyAllConditions(
        poison => poison.Message.ShouldBe("the hook has no mapping for 'invoice'"),
        poison => poison.Remedy.ShouldContain("'mappings'"));

    [Fact]
    public void One_may_be_for_all_others()
    {
        var hook = Hook(new HookOptions
        {
            Name = "database",
            Format = HookFormat.Debezium,
            Mapping = new HookMapping(),
            By = "/source/table",
            Mappings = new Dictionary<string, HookMapping>(StringComparer.Ordinal) { ["*"] = new HookMapping { Id = "{/source/table}/{/row/id}", Text = "/row/name" } },
        });

        Line(hook.Map(Body("anything", """{"id":7,"name":"Rope"}""")).Single()).ShouldContain("anything/7");
    }

    [Fact]
    public void What_is_of_no_row_is_of_no_concern_whatever_the_table() =>
        Hook(Options).Map("""{"status":"BEGIN","id":"571","event_count":null}""").ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();

    [Fact]
    public void What_is_of_no_concern_to_any_need_not_say_for_which_it_is()
    {
        var hook = Hook(new HookOptions
        {
            Name = "github",
            Signature = HookSignature.GitHub,
            Secrets = ["a secret that is long enough"],
            Mapping = new HookMapping(),
            By = "/repository/name",
            Mappings = new Dictionary<string, HookMapping>(StringComparer.Ordinal)
            {
                ["a"] = new HookMapping { Id = "a/{/issue/number}", Text = "/issue/body", ModifiedAt = "/issue/updated_at" },
                ["b"] = new HookMapping { Id = "b/{/issue/number}", Text = "/issue/body", ModifiedAt = "/issue/updated_at" },
            },
        });

        hook.Map("""{"zen":"x"}""", ("X-GitHub-Event", "ping")).ShouldHaveSingleItem().ShouldBeOfType<MappedEvent.Ignored>();
        hook.Map("""{"action":"opened"}""", ("X-GitHub-Event", "issues")).Poison().Message.ShouldContain("'/repository/name' is not there");
    }

    [Fact]
    public async Task They_reach_the_index_under_their_sources()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Hooks = [Options] });
        foreach (var body in new[] { Body("product", """{"id":7,"name":"A rope of ten metres."}"""), Body("page", """{"slug":"a","title":"About","body":"us"}""") })
        {
            using var response = await service.SendAsync(HttpMethod.Post, "hooks/database", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            (await response.JsonAsync(System.Net.HttpStatusCode.Accepted)).GetProperty("enqueued").GetInt32().ShouldBe(1);
        }

        while ((await service.Index.Queue.CountAsync(cancellationToken: TestContext.Current.CancellationToken)) is not { Pending: 0, Leased: 0 })
        {
            await Task.Yield();
        }

        (await service.GetAsync("documents/products/7")).Text("source").ShouldBe("products");
        (await service.GetAsync("documents/pages/a")).Text("source").ShouldBe("database");
    }

    private static MappedEvent Map(string table, string row) => Hook(Options).Map(Body(table, row)).Single();

    private static string Body(string table, string row) =>
        "{\"payload\":{\"op\":\"c\",\"before\":null,\"after\":" + row + ",\"source\":{\"schema\":\"public\",\"table\":\"" + table + "\",\"lsn\":9}}}";

    private static string Line(MappedEvent mapped) => System.Text.Encoding.UTF8.GetString(mapped.ShouldBeOfType<MappedEvent.Change>(mapped.ToString()).Line);

    private static Tidemark.Server.Hooks.Hook Hook(HookOptions options) => new Tidemark.Server.Hooks.HookSet([options]).Find(options.Name)!;
}
