using Shouldly;
using Tidemark.Embedding;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Chroma.Tests;

/// <summary>What a server may answer beside what it should.</summary>
public sealed class FaultTests
{
    private const string Found = """
        {"id":"x","metadata":{"tidemark_owner":"me","tidemark_namespace":"default","tidemark_space":"s:2"},
         "configuration_json":{"hnsw":{"space":"cosine"}},"dimension":null}
        """;

    private static readonly ChromaOptions Hasty = new() { Pause = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task What_fails_for_a_moment_is_asked_again()
    {
        await using var server = new ScriptedServer((503, ""), (429, ""), (500, "{}"), (200, Found));

        (await AttachAsync(server, Hasty)).ShouldBe("x");

        server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_keeps_failing_is_unavailable_and_says_what_the_server_says()
    {
        await using var server = new ScriptedServer((503, """{"error":"E","message":"compacting"}"""));

        var failure = await Should.ThrowAsync<TidemarkException>(() => AttachAsync(server, Hasty with { MaxAttempts = 3 }));

        failure.Code.ShouldBe(ErrorCodes.IndexUnavailable);
        failure.Message.ShouldContain("compacting");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_unavailable()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var location = $"chroma:http://{silent.LocalEndpoint}/handbook";
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var hasty = Hasty with
        {
            Timeout = TimeSpan.FromMilliseconds(400),
            MaxAttempts = 2,
            SilenceAfter = TimeSpan.FromMilliseconds(1),
            OnSilence = told.Enqueue,
        };
        using var indexes = new ChromaIndexes(hasty, TimeProvider.System);

        var failure = await Should.ThrowAsync<TidemarkException>(
            async () => await indexes.Open(location).AttachAsync(BindingOf(location), create: false, CancellationToken.None));

        failure.Code.ShouldBe(ErrorCodes.IndexUnavailable);
        told.TryPeek(out var sentence).ShouldBeTrue("who waits is told for whom");
        sentence!.ShouldContain("has not answered");
    }

    [Theory]
    [InlineData(401, "{}", ErrorCodes.IndexRefused)]
    [InlineData(400, """{"error":"InvalidArgumentError","message":"no such thing"}""", ErrorCodes.IndexRefused)]
    [InlineData(404, "<html>not here</html>", ErrorCodes.IndexRefused)]
    [InlineData(200, "<html>a portal</html>", ErrorCodes.IndexRefused)]
    [InlineData(200, """{"name":"without an id"}""", ErrorCodes.IndexRefused)]
    public async Task What_will_not_get_better_is_not_asked_again(int status, string body, string code)
    {
        await using var server = new ScriptedServer((status, body));

        var failure = await Should.ThrowAsync<TidemarkException>(() => AttachAsync(server, Hasty));

        (failure.Code, server.Requests.Count).ShouldBe((code, 1));
    }

    [Theory]
    [InlineData("""{"id":"x","metadata":null,"configuration_json":{"hnsw":{"space":"l2"}},"dimension":null}""", "l2")]
    [InlineData("""{"id":"x","metadata":{},"configuration_json":{"hnsw":{"space":"cosine"}},"dimension":3}""", "3 dimensions")]
    public async Task An_empty_collection_that_cannot_hold_the_vectors_is_refused(string collection, string why)
    {
        await using var server = new ScriptedServer((200, collection), (200, "0"));

        var failure = await Should.ThrowAsync<TidemarkException>(() => AttachAsync(server, Hasty));

        failure.Code.ShouldBe(ErrorCodes.IndexForeign);
        failure.Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_sent_in_halves()
    {
        await using var server = new ScriptedServer(
            (200, Found), (200, """{"max_batch_size":100}"""), (200, """{"ids":[],"metadatas":[]}"""),
            (413, "Payload too large"), (200, "{}"), (200, "{}"));
        using var indexes = new ChromaIndexes(Hasty, TimeProvider.System);
        var index = indexes.Open(server.Location);
        await index.AttachAsync(BindingOf(server.Location), create: true, CancellationToken.None);

        await index.PutAsync([Entry(1), Entry(2), Entry(3)], CancellationToken.None);

        server.Requests.Count(request => request.Path.EndsWith("/upsert", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_token_goes_with_every_request_and_into_no_message()
    {
        await using var server = new ScriptedServer((403, """{"message":"forbidden"}"""));

        var failure = await Should.ThrowAsync<TidemarkException>(() => AttachAsync(server, Hasty with { Token = "secret-word" }));

        server.Requests.ShouldAllBe(request => request.Token == "secret-word");
        failure.ToString().ShouldNotContain("secret-word");
        failure.Remedy.ShouldContain("CHROMA_TOKEN");
    }

    private static IndexBinding BindingOf(string location) => new("default", new EmbeddingSpace("s:2", 2), location, "me", null);

    private static IndexEntry Entry(long chunk) => new()
    {
        Id = new EntryId(1, new ChunkKey(chunk)),
        ChunkId = "c",
        Document = "d",
        Source = "s",
        Text = "text",
        Metadata = Documents.DocumentMetadata.Empty,
        Vector = new float[] { 1, 0 },
    };

    private static async Task<string?> AttachAsync(ScriptedServer server, ChromaOptions options)
    {
        using var indexes = new ChromaIndexes(options, TimeProvider.System);
        await using var index = indexes.Open(server.Location);
        return await index.AttachAsync(BindingOf(server.Location), create: false, CancellationToken.None);
    }
}
