using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Chroma;

/// <summary>A real Chroma server: the one that all tests share, or one of a test's own that it may kill.</summary>
internal sealed class ChromaServer : IDisposable
{
    private const string Collections = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private static int _names;
    private readonly HttpClient _client = new();
    private readonly string? _instance;

    private ChromaServer(string address, string? instance)
    {
        Address = address;
        _instance = instance;
    }

    public string Address { get; }

    public static ChromaServer Shared() => new(Require(), null);

    /// <summary>Started for this test; <c>eng/services</c> must have been able to install it.</summary>
    public static async Task<ChromaServer> StartAsync()
    {
        Require();
        var values = (await ServicesAsync("start", "chroma")).Split('\n')
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new ChromaServer(values["TIDEMARK_TEST_CHROMA"], values["TIDEMARK_SERVICES"]);
    }

    public string NewCollection() =>
        $"chroma:{Address}/e2e-{Environment.ProcessId}-{DateTime.UtcNow.Ticks:x}-{Interlocked.Increment(ref _names)}";

    public Task KillAsync() => ServicesAsync("kill", _instance!);

    public Task ResumeAsync() => ServicesAsync("resume", _instance!);

    public async Task<long> CountAsync(string location)
    {
        var id = await IdAsync(location);
        return await _client.GetFromJsonAsync<long>($"{Address}{Collections}/{id}/count");
    }

    public async Task<JsonNode> AskAsync(string location, string what, object body)
    {
        using var answer = await _client.PostAsJsonAsync($"{Address}{Collections}/{await IdAsync(location)}/{what}", body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async Task<bool> ExistsAsync(string location)
    {
        using var answer = await _client.GetAsync($"{Address}{Collections}/{NameOf(location)}");
        return answer.IsSuccessStatusCode;
    }

    public async Task DropAsync(string location)
    {
        using var answer = await _client.DeleteAsync($"{Address}{Collections}/{NameOf(location)}");
    }

    public void Dispose()
    {
        _client.Dispose();
        if (_instance is not null)
        {
            ServicesAsync("stop", _instance).GetAwaiter().GetResult();
        }
    }

    private static string Require()
    {
        var address = Environment.GetEnvironmentVariable("TIDEMARK_TEST_CHROMA")?.TrimEnd('/');
        Assert.SkipWhen(string.IsNullOrEmpty(address), "There is no Chroma server: run eng/services, or set TIDEMARK_TEST_CHROMA.");
        return address!;
    }

    private async Task<string> IdAsync(string location) =>
        (string)(await _client.GetFromJsonAsync<JsonNode>($"{Address}{Collections}/{NameOf(location)}"))!["id"]!;

    private static string NameOf(string location) => location[(location.LastIndexOf('/') + 1)..];

    private static async Task<string> ServicesAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Script()) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;

        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"eng/services {string.Join(' ', arguments)}");
        return await output;
    }

    private static string Script([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "Tidemark.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "eng", "services");
    }
}
