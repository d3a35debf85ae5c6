using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.InMemory;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.OpenAI.Tests.Tokens;
using Tidemark.OpenAI.Tokens;
using Tidemark.ProviderServer;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>What an index was cut by stays, and what is cut anew fits by the model's own count.</summary>
public sealed class BoundOfIndexTests
{
    private const string Former = "structured;1;size=800;bytes=510";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_index_of_a_former_release_is_neither_refused_nor_embedded_again()
    {
        await using var host = await ProviderHost.StartAsync();
        var store = new InMemoryStore();
        await using (var former = Create(host, store, "some-model", new StructuredChunker(maxInputBytes: 510)))
        {
            await former.SyncAsync(Listed(Documents("a"), Documents("b")), cancellationToken: Token);
        }

        host.Forget();
        await using var index = Create(host, store, "some-model");

        var same = await index.SyncAsync(Listed(Documents("a"), Documents("b")), cancellationToken: Token);
        var edited = await index.SyncAsync(Listed(Documents("a", " A sentence at the end."), Documents("b")), cancellationToken: Token);

        same.Documents.Skipped.ShouldBe(2);
        edited.Embedding.Inputs.ShouldBeLessThanOrEqualTo(2);
        (await ChunkerOfAsync(store)).ShouldBe(Former);
    }

    [Fact]
    public async Task It_takes_the_bound_that_is_known_now_when_it_is_rebuilt()
    {
        await using var host = await ProviderHost.StartAsync();
        var store = new InMemoryStore();
        await using (var former = Create(host, store, "some-model", new StructuredChunker(maxInputBytes: 510)))
        {
            await former.SyncAsync(Listed(Documents("a")), cancellationToken: Token);
        }

        await using var index = Create(host, store, "some-model");
        await index.SyncAsync(Listed(Documents("a")), new SyncOptions { Rebuild = true }, Token);

        (await ChunkerOfAsync(store)).ShouldBe("structured;1;size=800;tokens=510;by=script-1");
    }

    [Fact]
    public async Task Nothing_that_is_sent_has_more_tokens_than_the_model_takes()
    {
        await using var host = await ProviderHost.StartAsync();
        host.Reply = request => request.Texts.Any(text => Cl100kTokens.Instance.Count(text) > 128)
            ? ProviderReply.Error(400, "This model's maximum context length is 128 tokens") : ProviderReply.Good;
        await using var index = TidemarkIndex.Create(t => t.UseStore(new InMemoryStore())
            .UseOpenAI("text-embedding-3-small", o => Options(o, host) with { Traits = new SpaceTraits { MaxInputTokens = 130, DocumentPrefix = "passage: " } }));

        var report = await index.SyncAsync(
            Listed(Documents("a"), [new Document { Id = "zh", Text = string.Concat(Enumerable.Repeat("增量同步只嵌入改变了的文本块。没有改变的文件不会被再次发送。", 60)) },
                new Document { Id = "code", Text = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"    var item{i} = Parse(\"{i:x8}\");")) }]),
            cancellationToken: Token);

        report.Documents.Added.ShouldBe(3);
        host.Requests.SelectMany(r => r.Texts).ShouldAllBe(text => Cl100kTokens.Instance.Count(text) <= 128);
        host.Requests.SelectMany(r => r.Texts).Where(t => t.Contains("edit")).Average(t => t.Length).ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task A_tokenizer_that_was_asked_for_needs_a_rebuild_and_its_hash_is_the_indexs()
    {
        await using var host = await ProviderHost.StartAsync();
        var store = new InMemoryStore();
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Vocabularies.WordPiece, Token);
        await using (var former = Create(host, store, "some-model"))
        {
            await former.SyncAsync(Listed(Documents("a")), cancellationToken: Token);
        }

        await using var index = TidemarkIndex.Create(t =>
            t.UseStore(store).UseOpenAI("some-model", o => Options(o, host) with { Tokenizer = file }));
        var refused = await Should.ThrowAsync<TidemarkException>(() => index.SyncAsync(Listed(Documents("a")), cancellationToken: Token));
        await index.SyncAsync(Listed(Documents("a")), new SyncOptions { Rebuild = true }, Token);

        refused.Code.ShouldBe(ErrorCodes.PipelineChanged);
        (await ChunkerOfAsync(store)).ShouldBe($"structured;1;size=800;tokens=510;by={new FileTokens(file).Name}");
        File.Delete(file);
    }

    [Theory]
    [InlineData("text-embedding-3-small")]
    [InlineData("some-model")]
    public async Task A_plan_counts_what_the_provider_will(string model)
    {
        await using var host = await ProviderHost.StartAsync();
        var marks = model == "some-model" ? 2 : 0;
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Vocabularies.WordPiece, Token);
        ITokenCounter counter = marks == 0 ? Cl100kTokens.Instance : new FileTokens(file);
        host.Reply = request => new ProviderReply.Vectors
        {
            Usage = $$"""{"prompt_tokens":{{request.Texts.Sum(t => counter.Count(t) + marks)}}}""",
        };
        await using var index = TidemarkIndex.Create(t => t.UseStore(new InMemoryStore())
            .UseOpenAI(model, o => Options(o, host) with { Tokenizer = marks == 0 ? null : file }));
        Document[] documents = [.. Documents("a"), new Document { Id = "zh", Text = string.Concat(Enumerable.Repeat("增量同步只嵌入改变了的文本块。", 90)) }];

        var plan = await index.PlanAsync(Listed(documents), cancellationToken: Token);
        var report = await index.SyncAsync(Listed(documents), cancellationToken: Token);

        plan.Embedding.Tokens.ShouldBe(report.Embedding.Tokens);
        plan.Changes!.Sum(change => change.Tokens).ShouldBe(report.Embedding.Tokens - counter.Count(CanaryInput.Text) - marks);
        File.Delete(file);
    }

    private static Document[] Documents(string id, string more = "") =>
    [
        new()
        {
            Id = id,
            Text = string.Join(
                "\n\n", Enumerable.Range(0, 12).Select(i => $"An edit of paragraph {id}{i} moves nothing else. The index keeps what it has, and the next run finds it.")) + more,
        },
    ];

    private static IAsyncEnumerable<Document> Listed(params Document[][] documents) => documents.SelectMany(d => d).ToAsyncEnumerable();

    private static async Task<string> ChunkerOfAsync(InMemoryStore store) =>
        (await store.Reader.NamespaceAsync("default", Token))!.Generation!.Pipeline.Chunker;

    private static OpenAIOptions Options(OpenAIOptions options, ProviderHost host) =>
        options with { BaseUrl = host.BaseUrl, Key = "sk-library", Dimensions = 8 };

    private static TidemarkIndex Create(ProviderHost host, InMemoryStore store, string model, IChunker? chunker = null) => TidemarkIndex.Create(t =>
    {
        t.UseStore(store).UseOpenAI(model, o => Options(o, host));
        if (chunker is not null)
        {
            t.UseChunker(chunker);
        }
    });
}
