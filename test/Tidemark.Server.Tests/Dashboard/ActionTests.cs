using System.Net;
using Shouldly;
using Tidemark.Chunking;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class ActionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_done_before_somebody_has_read_what_happens_and_sent_the_form()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        var asked = await service.PageAsync("act/restore?document=gone.md");
        asked.QuerySelector("h1").Text().ShouldBe("Restore 'gone.md'");
        asked.QuerySelectorAll(".effects li").Length.ShouldBeGreaterThan(1);
        (await IsThereAsync(service, "gone.md")).ShouldBeFalse("it was only asked for");

        using var done = await service.SubmitAsync(asked);
        (await service.EndedPageAsync(done)).QuerySelector(".lead").Text().ShouldBe("restore done");
        (await IsThereAsync(service, "gone.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_form_that_this_service_did_not_make_does_nothing()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        await service.PageAsync("act/forget?document=a.md");

        using var without = await service.SendAsync(HttpMethod.Post, "../act/forget", Form(("document", "a.md")));
        (await without.PageAsync(HttpStatusCode.Forbidden)).MainText().ShouldContain("access.form");
        using var made = await service.SendAsync(
            HttpMethod.Post, "../act/forget", Form(("document", "a.md"), ("__RequestVerificationToken", "CfDJ8made-up")));
        await made.PageAsync(HttpStatusCode.Forbidden);
        using var json = await service.SendAsync(HttpMethod.Post, "../act/forget", new StringContent("{\"document\":\"a.md\"}"));
        await json.PageAsync(HttpStatusCode.UnsupportedMediaType);

        (await IsThereAsync(service, "a.md")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_whatever_it_holds()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        var page = await service.PageAsync("act/restore?document=gone.md");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var foreign = await service.SendAsync(
            HttpMethod.Post, "../act/restore", Form(("document", "gone.md"), ("__RequestVerificationToken", token)), ("Origin", "https://elsewhere.example"));

        (await foreign.PageAsync(HttpStatusCode.Forbidden)).MainText().ShouldContain("access.origin");
        (await IsThereAsync(service, "gone.md")).ShouldBeFalse();
    }

    [Fact]
    public async Task Dead_letters_are_tried_again_when_their_cause_is_gone()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        (await service.PageAsync("queue")).MainText().ShouldContain("poisoned.md");

        using var dropped = await service.SubmitAsync(await service.PageAsync("act/drop?document=poisoned.md"));
        (await service.EndedPageAsync(dropped)).QuerySelector(".lead").Text().ShouldBe("drop done");

        (await service.PageAsync("queue")).MainText().ShouldContain("None: no change was given up.");
    }

    [Fact]
    public async Task What_is_forgotten_gives_a_receipt_and_is_gone()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        var id = Uri.EscapeDataString(FilledIndex.Attack);

        using var done = await service.SubmitAsync(await service.PageAsync($"act/forget?document={id}"));

        (await service.EndedPageAsync(done)).MainText().ShouldContain("receipt");
        (await IsThereAsync(service, FilledIndex.Attack)).ShouldBeFalse();
        var holds = (await service.PageAsync("holds")).MainText();
        holds.ShouldContain("1 document");
        holds.ShouldContain("removed");
    }

    [Fact]
    public async Task A_generation_is_built_promoted_rolled_back_and_let_go_from_pages()
    {
        await using var service = await RunningService.StartAsync(
            more: index => index.UseChunker(new ChunkerOptions { Size = 200 }),
            before: async index =>
            {
                await using var other = TidemarkIndex.Create(await OtherAsync(index));
                await other.PutAsync(Texts.Of("a", string.Join("\n\n", Enumerable.Range(0, 40).Select(n => $"Paragraph {n} about storms."))), cancellationToken: Token);
            });
        (await service.PageAsync("migration")).MainText().ShouldContain("Generation 1");

        await DoAsync("start");
        (await service.PageAsync("migration")).MainText().ShouldContain("Being built Generation 2");
        await DoAsync("promote", ("accept", "true"));
        (await service.PageAsync("migration")).MainText().ShouldContain("Answers now Generation 2");
        await DoAsync("rollback");
        (await service.PageAsync("migration")).MainText().ShouldContain("Answers now Generation 1");
        (await service.PageAsync("act/finish")).MainText().ShouldContain("There is no former generation");
        await DoAsync("cancel");
        (await service.PageAsync("migration")).MainText().ShouldContain("No migration");

        async Task DoAsync(string verb, params (string, string)[] fields)
        {
            using var done = await service.SubmitAsync(await service.PageAsync($"act/{verb}"), fields);
            var page = await service.EndedPageAsync(done);
            page.QuerySelector(".lead").Text().ShouldBe($"{verb} done", page.MainText());
        }
    }

    private static async Task<Action<TidemarkBuilder>> OtherAsync(TidemarkIndex index)
    {
        var store = await index.OpenStoreAsync(Token);
        return other => other.UseStore(store).UseHashingEmbedder(64).UseChunker(new ChunkerOptions { Size = 800 });
    }

    private static async Task<bool> IsThereAsync(RunningService service, string id) =>
        await service.Index.DocumentsAsync(id, cancellationToken: Token).AnyAsync(Token);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
