using System.Diagnostics.Metrics;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>An endpoint behind the library's façade.</summary>
public sealed class LibraryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_embeds_and_asks_by_an_endpoint()
    {
        await using var host = await ProviderHost.StartAsync();
        await using var index = Create(host, dimensions: 8);

        var report = await index.SyncAsync(Documents("one", "two"), cancellationToken: Token);
        var found = await index.SearchAsync("one", cancellationToken: Token);

        report.Embedding.Space.ShouldBe("openai:some-model:8");
        report.Documents.Added.ShouldBe(2);
        found.Hits[0].Chunk.Document.ShouldBe("one");
        host.Requests.ShouldAllBe(r => r.Authorization == "Bearer sk-library" && r.Model == "some-model");
    }

    [Fact]
    public async Task A_model_whose_dimensions_nobody_knows_is_asked_once()
    {
        await using var host = await ProviderHost.StartAsync();
        await using var index = Create(host, dimensions: null);

        var report = await index.SyncAsync(Documents("one"), cancellationToken: Token);
        await index.SyncAsync(Documents("one"), cancellationToken: Token);

        report.Embedding.Space.ShouldBe("openai:some-model:8");
        host.Requests.Count(r => r.Texts.Any(t => t.Contains("dimensions", StringComparison.Ordinal))).ShouldBe(1);
    }

    [Fact]
    public async Task Requests_and_tokens_are_told_to_whoever_listens()
    {
        var tokens = 0L;
        var kinds = new List<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TidemarkTelemetry.Name && instrument.Name == "gen_ai.client.token.usage")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(t => t.Key, t => t.Value as string);
            if (named["gen_ai.request.model"] == "listened-model")
            {
                lock (kinds)
                {
                    tokens += value;
                    kinds.Add(named["gen_ai.token.type"]);
                }
            }
        });
        listener.Start();
        await using var host = await ProviderHost.StartAsync();
        await using var index = Create(host, dimensions: 8, model: "listened-model");

        var report = await index.SyncAsync(Documents("one", "two", "three"), cancellationToken: Token);

        tokens.ShouldBe(report.Embedding.Tokens);
        kinds.ShouldAllBe(kind => kind == "input");
    }

    private static TidemarkIndex Create(ProviderHost host, int? dimensions, string model = "some-model") => TidemarkIndex.Create(t => t
        .UseStore(new InMemoryStore())
        .UseOpenAI(model, options => options with
        {
            BaseUrl = host.BaseUrl,
            Key = "sk-library",
            Dimensions = dimensions,
            Requests = new EmbeddingRequestOptions { Timeout = TimeSpan.FromHours(1) },
        }));

    private static IAsyncEnumerable<Document> Documents(params string[] ids) =>
        ids.Select(id => new Document { Id = id, Text = id }).ToAsyncEnumerable();
}
