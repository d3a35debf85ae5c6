using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard.Browser;

/// <summary>Pages in a real browser: on every screen, without barriers, without complaints, by keyboard, while things change.</summary>
public sealed class BrowserTests
{
    private static readonly string[] Looked =
    [
        "", "search?query=storm", "documents", "document?id=a.md", "runs", "run?number=1", "queue", "migration", "archive", "holds", "cost?days=30",
        "act/forget?document=a.md", "act/promote", "sign-in", "document?id=never",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_a_barrier(ColorScheme scheme)
    {
        await using var browser = await BrowserPages.StartAsync();
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        foreach (var path in Looked)
        {
            var (page, complaints) = await browser.OpenAsync(service, path, scheme: scheme);
            var result = await page.RunAxe();

            result.Violations.Select(one => $"{path}: {one.Id} ({one.Impact}) {string.Join(" | ", one.Nodes.Select(NameOf))}").ShouldBeEmpty();
            complaints.Where(one => !one.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(390)]
    public async Task No_page_is_wider_than_the_screen(int width)
    {
        await using var browser = await BrowserPages.StartAsync();
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);

        foreach (var path in Looked)
        {
            var (page, _) = await browser.OpenAsync(service, path, width);

            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard_and_without_scripts()
    {
        await using var browser = await BrowserPages.StartAsync();
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        var (page, _) = await browser.OpenAsync(service, "archive", scripts: false);

        await page.Keyboard.PressAsync("Tab");
        (await page.Locator(":focus").TextContentAsync()).ShouldBe("To the content");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Restore …");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/act/restore", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await TabToAsync(page, "Restore");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/operation", RegexOptions.None, TimeSpan.FromSeconds(1)));

        (await page.Locator("main").TextContentAsync())!.ShouldContain("restore");
        (await service.Index.DocumentsAsync("gone.md", cancellationToken: Token).CountAsync(Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_page_follows_what_happens_while_it_is_looked_at()
    {
        await using var browser = await BrowserPages.StartAsync();
        using var model = new MoodyGenerator();
        await using var service = await FilledIndex.StartAsync(model);
        var (page, complaints) = await browser.OpenAsync(service, "");
        await page.Locator("text=2 documents").First.WaitForAsync();
        await page.Locator("#live-state:has-text('Live')").WaitForAsync();

        await service.Index.PutAsync(Texts.Of("more.md", "one more"), cancellationToken: Token);

        await page.Locator("text=3 documents").First.WaitForAsync();
        complaints.ShouldBeEmpty();
    }

    private static async Task TabToAsync(IPage page, string text)
    {
        const int MostSteps = 60;
        for (var step = 0; step < MostSteps; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.Locator(":focus").AllTextContentsAsync()).SingleOrDefault()?.Trim() == text)
            {
                return;
            }
        }

        throw new ShouldAssertException($"nobody comes to '{text}' with the keyboard");
    }

    private static string NameOf(AxeResultNode node) => $"{node.Target} {node.Html}";
}
