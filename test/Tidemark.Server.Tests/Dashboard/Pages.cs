using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>Pages as a browser without scripts has them.</summary>
internal static class Pages
{
    private static readonly HtmlParser Strict = new(new HtmlParserOptions { IsStrictMode = true });

    public static IReadOnlyList<string> All { get; } =
    [
        "", "search", "search?query=storm", "documents", "document?id=a.md", "runs", "run?number=1", "queue", "migration", "archive", "holds", "cost", "cost?days=30",
        "sign-in", "sign-out", "act/sync", "act/verify", "act/repair", "act/retry", "act/drop", "act/start", "act/promote", "act/rollback", "act/finish", "act/cancel",
        "act/validate", "act/golden", "act/restore?document=gone.md", "act/purge?document=gone.md", "act/forget?document=a.md", "act/hold?document=a.md", "act/release?document=a.md",
    ];

    /// <param name="path">Below the dashboard.</param>
    public static async Task<IHtmlDocument> PageAsync(
        this RunningService service, string path, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using var response = await service.SendAsync(HttpMethod.Get, $"../{path}", null, headers);
        return await response.PageAsync(status);
    }

    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var html = await response.TextAsync();
        response.StatusCode.ShouldBe(status, html);
        response.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        return Strict.ParseDocument(html);
    }

    /// <summary>Sends the form of a page as a browser does, with what is ticked and written into it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this RunningService service, IHtmlDocument page, params (string Name, string Value)[] fields)
    {
        var form = page.QuerySelector<IHtmlFormElement>("main form[method=post]").ShouldNotBeNull(page.Body?.TextContent);
        var hidden = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(one => KeyValuePair.Create(one.Name!, one.Value));
        return await service.SendAsync(
            HttpMethod.Post,
            form.GetAttribute("action")!,
            new FormUrlEncodedContent([.. hidden, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    /// <summary>The page of what a form began, as it is when that has ended: looked at again as somebody without scripts would.</summary>
    public static async Task<IHtmlDocument> EndedPageAsync(this RunningService service, HttpResponseMessage begun)
    {
        var page = await begun.PageAsync();
        while (page.QuerySelector(".lead").Text().EndsWith(" running", StringComparison.Ordinal))
        {
            using var again = await service.Client.GetAsync(begun.RequestMessage!.RequestUri, TestContext.Current.CancellationToken);
            page = await again.PageAsync();
        }

        return page;
    }

    public static string Text(this IElement? element) =>
        string.Join(' ', string.Join(' ', element.ShouldNotBeNull().Descendants<IText>().Select(text => text.Data))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string MainText(this IHtmlDocument page) => page.QuerySelector("main").Text();
}
