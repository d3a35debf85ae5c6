using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>What the command line can, by requests.</summary>
public sealed class CommandTests
{
    private static readonly (string, string) Waiting = ("Prefer", "wait=60");

    [Fact]
    public async Task Documents_are_forgotten_by_what_their_metadata_say()
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, "a", "Of one person.", "17");
        await PutAsync(service, "b", "Of another person.", "18");

        var receipt = await service.PostAsync("forget", new { filter = new[] { "person=17" } }, HttpStatusCode.OK, Waiting);

        receipt.GetProperty("documents").GetInt32().ShouldBe(1);
        await service.GetAsync("documents/a", HttpStatusCode.NotFound);
        await service.GetAsync("documents/b");
        using var twice = await service.SendAsync(HttpMethod.Post, "forget", JsonContent.Create(new { filter = "person=18", document = "b" }), Waiting);
        await twice.ProblemAsync(HttpStatusCode.BadRequest, "usage");
    }

    /// <summary>The list is kept elsewhere, and given to the store when a backup was put in its place.</summary>
    [Fact]
    public async Task What_was_forgotten_is_exported_lifted_and_forgotten_again_in_a_store_that_has_it_back()
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, "a", "Of one person.", "17");
        using (var nothing = await service.SendAsync(HttpMethod.Get, "forgotten"))
        {
            await nothing.ProblemAsync(HttpStatusCode.NotFound, "forget.missing");
        }

        await service.PostAsync("forget", new { document = "a" }, HttpStatusCode.OK, Waiting);
        string list;
        using (var exported = await service.SendAsync(HttpMethod.Get, "forgotten"))
        {
            exported.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
            list = await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        list.ShouldNotContain("\"a\"");

        using (var lifted = await service.SendAsync(HttpMethod.Delete, "forgotten?document=a"))
        {
            (await lifted.JsonAsync()).GetProperty("forgotten").GetBoolean().ShouldBeFalse();
        }

        await PutAsync(service, "a", "Of one person, again.", "17");
        await service.GetAsync("documents/a");
        using (var again = await service.SendAsync(HttpMethod.Post, "forgotten", Lines(list), Waiting))
        {
            var report = await again.JsonAsync();
            (report.GetProperty("suppressions").GetInt32(), report.GetProperty("documents").GetInt32()).ShouldBe((1, 1));
        }

        await service.GetAsync("documents/a", HttpStatusCode.NotFound);
        using (var elsewhere = await service.SendAsync(HttpMethod.Post, "forgotten", Lines(list.Replace("\"default\"", "\"other\"")), Waiting))
        {
            await elsewhere.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        }

        using var none = await service.SendAsync(HttpMethod.Post, "forgotten", Lines("{\"salt\":7}\n"), Waiting);
        await none.ProblemAsync(HttpStatusCode.BadRequest, "usage");
    }

    [Fact]
    public async Task Golden_queries_are_imported_line_by_line()
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, "a", "A berth for a boat.", "1");

        using var answer = await service.SendAsync(
            HttpMethod.Post, "golden/import", Lines("{\"query\":\"berth\",\"expected\":[\"a\"]}\nno line\n{\"query\":\"boat\"}\n"));
        var recording = await answer.JsonAsync();

        recording.GetProperty("added").GetInt32().ShouldBe(2);
        recording.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().Text("item").ShouldBe("line 2");
        (await service.GetAsync("golden")).EnumerateArray().Select(one => one.Text("query")).ShouldBe(["berth", "boat"]);
        using var json = await service.SendAsync(HttpMethod.Post, "golden/import", JsonContent.Create(new { query = "x" }));
        await json.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
    }

    private static StringContent Lines(string lines) => new(lines, Encoding.UTF8, "application/x-ndjson");

    [Fact]
    public async Task Golden_queries_are_recorded_asked_and_removed()
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, "a", "A berth for a boat.", "1");

        (await service.PostAsync("golden", new { query = "berth", expected = new[] { "a" }, must = true })).GetRawText().ShouldContain("\"added\":1");
        (await service.GetAsync("golden")).EnumerateArray().ShouldHaveSingleItem().Text("query").ShouldBe("berth");
        (await service.PostAsync("golden/run", new { }, HttpStatusCode.OK, Waiting)).ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
        using var removed = await service.SendAsync(HttpMethod.Delete, "golden?query=berth");
        await removed.JsonAsync();
        (await service.GetAsync("golden")).EnumerateArray().ShouldBeEmpty();
        using var missing = await service.SendAsync(HttpMethod.Delete, "golden?query=berth");
        await missing.ProblemAsync(HttpStatusCode.NotFound, "golden.missing");
    }

    [Fact]
    public async Task A_migration_leads_where_the_request_says()
    {
        var file = "";
        await using var service = await RunningService.StartAsync(new ServerOptions
        {
            Migrations = target => TidemarkIndex.Create(index => index.UseSqlite(file).UseHashingEmbedder(int.Parse(target.Embedder!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))),
        });
        file = service.StoreFile;
        await PutAsync(service, "a", "A berth for a boat.", "1");

        await service.PostAsync("migration/start", new { embedder = "hashing:128" }, HttpStatusCode.OK, Waiting);

        (await service.GetAsync("migration")).GetProperty("building").Text("space").ShouldBe("hashing:128");
    }

    [Fact]
    public async Task A_service_that_cannot_build_anything_else_says_so()
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, "a", "A berth for a boat.", "1");

        using var answer = await service.SendAsync(HttpMethod.Post, "migration/start", JsonContent.Create(new { embedder = "hashing:128" }), Waiting);

        (await answer.ProblemAsync(HttpStatusCode.BadRequest, "usage")).Text("detail").ShouldContain("only what it is set to");
    }

    private static async Task PutAsync(RunningService service, string id, string text, string person)
    {
        using var put = await service.PutJsonAsync(id, new { text, metadata = new { person } });
        await put.JsonAsync();
    }
}
