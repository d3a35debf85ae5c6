using Microsoft.Playwright;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard.Browser;

/// <summary>A real Chromium that looks at a service. Where there is none, the test says so and is skipped; on CI it fails.</summary>
internal sealed class BrowserPages : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserPages(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static string Executable => Environment.GetEnvironmentVariable("TIDEMARK_TEST_BROWSER") ?? "/usr/bin/chromium";

    public static async Task<BrowserPages> StartAsync()
    {
        Assert.SkipUnless(
            File.Exists(Executable),
            $"there is no browser '{Executable}': install Debian's package 'chromium' (eng/browser does), or name another in TIDEMARK_TEST_BROWSER");
        var playwright = await Playwright.CreateAsync();
        return new BrowserPages(
            playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox"] }));
    }

    /// <summary>A page that tells of everything that goes wrong in it.</summary>
    public async Task<(IPage Page, List<string> Complaints)> OpenAsync(
        RunningService service, string path, int width = 1440, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add($"{path}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Add($"{path}: {error}");
        await page.GotoAsync(new Uri(service.Address, $"../{path}").AbsoluteUri);
        return (page, complaints);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
