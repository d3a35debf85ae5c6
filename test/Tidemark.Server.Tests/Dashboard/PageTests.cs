using System.Net;
using AngleSharp.Html.Dom;
using Shouldly;
using Tidemark.Records;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_there_and_well_formed_where_nothing_was_indexed_yet()
    {
        await using var service = await RunningService.StartAsync();

        foreach (var path in Pages.All)
        {
            using var response = await service.SendAsync(HttpMethod.Get, $"../{path}");
            var page = await response.PageAsync(response.StatusCode);

            ((int)response.StatusCode).ShouldBeLessThan(500, path);
            ShouldBeSound(page, path);
            if (!path.Contains('/', StringComparison.Ordinal) && !path.StartsWith("sign", StringComparison.Ordinal))
            {
                page.MainText().ShouldContain("Nothing is indexed yet", Case.Sensitive, path);
            }
        }
    }

    [Fact]
    public async Task Every_page_is_there_and_well_formed_where_everything_has_happened()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        foreach (var path in Pages.All)
        {
            using var response = await service.SendAsync(HttpMethod.Get, $"../{path}");
            ShouldBeSound(await response.PageAsync(), path);
        }
    }

    [Fact]
    public async Task What_documents_say_is_text_and_never_markup()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        var id = Uri.EscapeDataString(FilledIndex.Attack);
        string[] paths =
        [
            "documents", $"document?id={id}", "search?query=text", $"search?query={id}", $"search?query=storm&source={id}", $"documents?prefix={id}", "holds",
            $"act/restore?document={id}", $"act/forget?document={id}", $"document?id=missing{id}", $"?namespace={id}", $"sign-in?back={id}",
        ];

        foreach (var path in paths)
        {
            using var response = await service.SendAsync(HttpMethod.Get, $"../{path}");
            var page = await response.PageAsync(response.StatusCode);

            ShouldBeSound(page, path);
            if (path is not "search?query=text")
            {
                page.DocumentElement.OuterHtml.ShouldContain("alert(1)", Case.Sensitive, path);
            }
        }

        var document = await service.PageAsync($"document?id={id}");
        document.QuerySelector("pre").Text().ShouldContain($"says {FilledIndex.Attack} & means \"it\"");
    }

    [Fact]
    public async Task What_a_table_leaves_out_is_said_with_the_way_to_it()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        (await service.PageAsync("holds")).MainText().ShouldNotContain("The first");
        for (var i = 0; i < 200; i++)
        {
            await service.Index.AddHoldAsync(SafeguardScope.SourceId, $"group {i}", "a case", cancellationToken: Token);
        }

        (await service.PageAsync("holds")).MainText().ShouldContain("The first 200 of 201. tidemark hold list has them all.");
    }

    [Fact]
    public async Task The_text_of_a_document_is_sent_as_text()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        using var raw = await service.SendAsync(HttpMethod.Get, $"../document/raw?id={Uri.EscapeDataString(FilledIndex.Attack)}");

        raw.StatusCode.ShouldBe(HttpStatusCode.OK);
        raw.Content.Headers.ContentType?.ToString().ShouldBe("text/plain; charset=utf-8");
        raw.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await raw.TextAsync()).ShouldContain(FilledIndex.Attack);
    }

    [Fact]
    public async Task The_overview_says_what_somebody_should_look_at_and_where()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        var page = await service.PageAsync("");

        page.QuerySelector(".verdict").Text().ShouldContain("queue.dead");
        page.QuerySelector(".verdict a[href='/tidemark/queue']").ShouldNotBeNull();
        page.MainText().ShouldContain("1 dead letter");
        page.MainText().ShouldContain("Error budget used");
    }

    [Fact]
    public async Task A_document_shows_its_chunks_why_and_what_it_was()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        var now = await service.PageAsync("document?id=a.md");
        now.QuerySelector("pre").Text().ShouldContain("all berths");
        now.MainText().ShouldContain("Why it was embedded");
        now.MainText().ShouldContain("on hold");
        var then = now.QuerySelectorAll("a").First(link => link.Text() == "as it was").GetAttribute("href")!;

        var was = await service.PageAsync(then.Replace("/tidemark/", "", StringComparison.Ordinal));
        was.QuerySelector("pre").Text().ShouldContain("a storm the berths");

        (await service.PageAsync("document?id=gone.md")).MainText().ShouldContain("not in the index any more");
        (await service.PageAsync("document?id=never.md", HttpStatusCode.NotFound)).MainText().ShouldContain("What to do");
    }

    [Fact]
    public async Task Documents_are_leafed_through_by_the_last_id()
    {
        await using var service = await RunningService.StartAsync();
        await service.Index.SyncAsync(
            Enumerable.Range(0, 120).Select(number => Texts.Of($"d{number:000}", $"text {number}")).ToAsyncEnumerable(), cancellationToken: Token);

        var ids = new List<string>();
        for (var path = "documents"; path is not null;)
        {
            var page = await service.PageAsync(path);
            ids.AddRange(page.QuerySelectorAll("tbody th").Select(cell => cell.Text()));
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href")?.Replace("/tidemark/", "", StringComparison.Ordinal);
        }

        ids.ShouldBe(Enumerable.Range(0, 120).Select(number => $"d{number:000}"));
    }

    [Fact]
    public async Task While_the_model_is_down_one_still_finds_by_words_and_is_told()
    {
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        model.IsDown = true;

        var page = await service.PageAsync("search?query=storm");

        page.QuerySelectorAll(".columns > section").Length.ShouldBe(3);
        page.QuerySelector("[aria-labelledby=in-Keyword]").Text().ShouldContain("a.md");
        page.QuerySelector("[aria-labelledby=in-Vector] [role=alert]").ShouldNotBeNull();
    }

    private static void ShouldBeSound(IHtmlDocument page, string path)
    {
        page.Title.ShouldNotBeNullOrEmpty(path);
        page.DocumentElement.GetAttribute("lang").ShouldBe("en", path);
        page.QuerySelectorAll("h1").Length.ShouldBe(1, path);
        page.QuerySelectorAll("script").ShouldAllBe(script => script.TextContent.Length == 0 && script.GetAttribute("src")!.StartsWith("/tidemark/assets/", StringComparison.Ordinal), path);
        page.QuerySelectorAll("style, [style], iframe, object, base").ShouldBeEmpty(path);
        page.All.SelectMany(element => element.Attributes).ShouldAllBe(attribute => !attribute.Name.StartsWith("on", StringComparison.Ordinal), path);
        page.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique(path);
        page.QuerySelectorAll("[src], link[href]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")!)
            .ShouldAllBe(address => address.StartsWith("/tidemark/assets/", StringComparison.Ordinal), path);
    }
}
