using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>A question asked of the generation that answers and of the one beside it.</summary>
public sealed class GenerationsTests
{
    private static readonly (string, string) Waiting = ("Prefer", "wait=60");

    [Fact]
    public async Task Both_generations_are_asked_side_by_side_while_a_migration_goes_on()
    {
        var file = "";
        await using var service = await RunningService.StartAsync(new ServerOptions
        {
            Migrations = target => TidemarkIndex.Create(index => index.UseSqlite(file).UseHashingEmbedder(64).UseStemming(target.Stemming)),
        });
        file = service.StoreFile;
        await PutAsync(service, "one", "A boat.");
        await PutAsync(service, "many", "Boats.");
        using (var none = await service.SendAsync(HttpMethod.Get, "search?query=boats&beside=true"))
        {
            await none.ProblemAsync(HttpStatusCode.NotFound, "migration.missing");
        }

        (await service.PageAsync("search?query=boats")).MainText().ShouldNotContain("side by side");
        await service.PostAsync("migration/start", new { stemming = "english" }, HttpStatusCode.OK, Waiting);

        (await FoundAsync("search?query=boats&mode=keyword")).ShouldBe(["many"]);
        (await FoundAsync("search?query=boats&mode=keyword&beside=true")).ShouldBe(["many", "one"], ignoreOrder: true);
        using (var past = await service.SendAsync(HttpMethod.Get, "search?query=boats&beside=true&asOf=1"))
        {
            await past.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        }

        var page = (await service.PageAsync("search?query=boats&both=true")).MainText();
        page.ShouldContain("By words, generation 1");
        page.ShouldContain("By words, generation 2");
        page.ShouldContain("only here");
        (await service.PageAsync("search?query=boats&back=1")).MainText().ShouldContain("as of run");

        async Task<string[]> FoundAsync(string request) =>
            [.. (await service.GetAsync(request)).GetProperty("hits").EnumerateArray().Select(hit => hit.Text("document"))];
    }

    private static async Task PutAsync(RunningService service, string id, string text)
    {
        using var answer = await service.SendAsync(HttpMethod.Put, $"documents/{id}", JsonContent.Create(new { text }), Waiting);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
