using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Tidemark.Server.Tests.Support;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard.Browser;

/// <summary>Pictures of pages for the documents; eng/screenshots makes them.</summary>
public sealed class Screenshots
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Are_made_of_the_handbook()
    {
        var target = Environment.GetEnvironmentVariable("TIDEMARK_SCREENSHOTS") ?? "screenshots";
        await using var browser = await BrowserPages.StartAsync();
        await using var service = await RunningService.StartAsync(
            new ServerOptions { Worker = new WorkerOptions { Attempts = new AttemptRule(1, TimeSpan.Zero, TimeSpan.Zero) }, Status = new() { MonthlyBudget = 20 } },
            before: FillAsync);

        foreach (var (path, name, width, scheme) in ((string, string, int, ColorScheme)[])
        [
            ("", "overview", 1440, ColorScheme.Light), ("", "overview-dark", 1440, ColorScheme.Dark), ("", "overview-phone", 390, ColorScheme.Dark),
            ("search?query=storm&k=3", "search", 1440, ColorScheme.Light), ("document?id=handbook/operations/storm.md", "document", 1440, ColorScheme.Light),
            ("act/forget?document=handbook/operations/storm.md", "confirmation", 1024, ColorScheme.Light),
        ])
        {
            var (page, _) = await browser.OpenAsync(service, path, width, scheme);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(target, $"{name}.png"), FullPage = width > 400 });
            await page.Context.CloseAsync();
        }
    }

    private static async Task FillAsync(TidemarkIndex index)
    {
        var root = Path.Combine(Root(), "samples");
        var handbook = Directory.GetFiles(Path.Combine(root, "handbook"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Texts.Of(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file))).ToList();
        for (var run = 0; run < 6; run++)
        {
            await index.SyncAsync(handbook.ToAsyncEnumerable(), new SyncOptions { SourceName = "handbook" }, Token);
            await index.PutAsync(Texts.Of($"notes/{run}", $"Note {run} about berths and storms.") with { ChangedAt = TimeProvider.System.GetUtcNow().AddSeconds(-run) }, cancellationToken: Token);
        }
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../.."));
}
