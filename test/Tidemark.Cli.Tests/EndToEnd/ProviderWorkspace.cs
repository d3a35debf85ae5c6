using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A workspace beside a provider of its own, reached as a person would reach it: by environment variables.</summary>
internal sealed class ProviderWorkspace : IAsyncDisposable
{
    public const string Key = "sk-e2e-7d1f93ab52";

    private ProviderWorkspace(ProviderHost host, Workspace work) => (Host, Work) = (host, work);

    public ProviderHost Host { get; }

    public Workspace Work { get; }

    /// <summary>What was asked, without Tidemark's own sentence.</summary>
    public IEnumerable<string> Asked => Host.Requests.SelectMany(r => r.Texts).Where(text => text != CanaryInput.Text);

    public static async Task<ProviderWorkspace> StartAsync(bool isEncrypted = false, string model = "test-model:8")
    {
        var host = await ProviderHost.StartAsync(isEncrypted);
        var work = new Workspace();
        work.Environment["OPENAI_BASE_URL"] = host.BaseUrl.ToString();
        work.Environment["OPENAI_API_KEY"] = Key;
        work.Environment["EMBED_MODEL"] = model;
        return new ProviderWorkspace(host, work);
    }

    /// <summary>As many lines as documents, each a text of its own.</summary>
    public ProviderWorkspace Lines(int count, Func<int, string>? text = null)
    {
        Work.WriteLines("lines.jsonl", Enumerable.Range(0, count).Select(i =>
            $$"""{"id":"d{{i:0000}}","text":"{{text?.Invoke(i) ?? $"text number {i}"}}"}"""));
        return this;
    }

    public Task<SyncOutcome> SyncAsync(params string[] flags) => Work.SyncAsync(["lines.jsonl", .. flags]);

    public async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        var result = await Work.RunAsync(arguments);
        (result.Output + result.Errors).ShouldNotContain(Key);
        return result;
    }

    /// <summary>Every exported vector is what the model gives for its text.</summary>
    public async Task<int> CountRightVectorsAsync(string prefix = "")
    {
        var lines = (await Work.RunAsync("export", "--vectors")).ShouldExit(0).JsonLines;
        foreach (var line in lines)
        {
            var vector = line["vector"]!.AsArray().Select(x => (float)x!).ToArray();
            vector.ShouldBe(ProviderVectors.Of(Host.Weights, prefix + (string)line["text"]!, vector.Length));
        }

        return lines.Count;
    }

    /// <summary>No document was paid for more often than that.</summary>
    public void ShouldHavePaidOnce(int twiceAtMost = 0)
    {
        var paid = Host.Paid.Where(p => p.Key != CanaryInput.Text).ToList();
        paid.ShouldAllBe(p => p.Value <= 2);
        paid.Count(p => p.Value == 2).ShouldBeLessThanOrEqualTo(twiceAtMost);
    }

    public async ValueTask DisposeAsync()
    {
        Work.Dispose();
        await Host.DisposeAsync();
    }
}
