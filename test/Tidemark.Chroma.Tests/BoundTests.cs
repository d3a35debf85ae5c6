using System.Runtime.CompilerServices;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Chroma.Tests;

/// <summary>A server that is slow without measure, or says more than it was asked for: neither time nor memory goes with it.</summary>
public sealed class BoundTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    private const string ErrorHead = "HTTP/1.1 400 No\r\nConnection: close\r\n\r\n";
    private const string Found = """
        {"id":"x","metadata":{"tidemark_owner":"me","tidemark_namespace":"default","tidemark_space":"s:2"},
         "configuration_json":{"hnsw":{"space":"cosine"}},"dimension":null}
        """;

    private static readonly ChromaOptions Hasty = new() { Pause = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [InlineData(Head)]
    [InlineData(ErrorHead)]
    public async Task A_body_without_end_ends(string head)
    {
        using var server = new RawServer(_ => Endless(head));

        var failure = await Should.ThrowAsync<TidemarkException>(() => AttachAsync(server, Hasty));

        failure.Code.ShouldBe(ErrorCodes.IndexRefused);
        failure.Message.Length.ShouldBeLessThan(1000);
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Neither_a_search_nor_a_list_nor_a_delivery_takes_in_what_has_no_end()
    {
        using var server = new RawServer(request =>
            request.StartsWith("GET", StringComparison.Ordinal) ? Once(Head + Found) : Endless(Head));
        using var indexes = new ChromaIndexes(Hasty, TimeProvider.System);
        await using var index = indexes.Open(server.Location);
        await index.AttachAsync(BindingOf(server), create: false, CancellationToken.None);
        var before = GC.GetTotalAllocatedBytes();

        (await Should.ThrowAsync<TidemarkException>(async () => await index.SearchAsync(new float[] { 1, 0 }, 10, CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.IndexRefused);
        (await Should.ThrowAsync<TidemarkException>(async () => await index.DeleteAsync(["a"], CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.IndexRefused);

        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(64 << 20, "a search is answered by a few ids");
        (await Should.ThrowAsync<TidemarkException>(async () => await index.ListAsync(CancellationToken.None).FirstAsync(CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.IndexRefused);
    }

    [Fact]
    public async Task A_page_of_very_long_texts_is_asked_for_in_smaller_ones()
    {
        var limits = new List<int>();
        using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal) ? Once(Head + Found) : Page());
        using var indexes = new ChromaIndexes(Hasty, TimeProvider.System);
        await using var index = indexes.Open(server.Location);
        await index.AttachAsync(BindingOf(server), create: false, CancellationToken.None);

        var page = await index.ListAsync(CancellationToken.None).FirstAsync(CancellationToken.None);

        page.Count.ShouldBe(1);
        server.Requests.ShouldBeGreaterThan(2);

        // The first answers have no end, as far as anybody can tell; one that is asked for less is short.
        IAsyncEnumerable<string> Page()
        {
            limits.Add(0);
            return limits.Count < 3
                ? Endless(Head)
                : Once(Head + """{"ids":["1:1"],"documents":["t"],"metadatas":[{}],"embeddings":[[1,0]]}""");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_lets_one_wait_is_waited_for_once(bool drips)
    {
        using var server = new RawServer(_ => drips ? Dripping() : Silent());

        var failure = await Should.ThrowAsync<TidemarkException>(
            () => AttachAsync(server, Hasty with { Timeout = TimeSpan.FromMilliseconds(300), MaxAttempts = 4 }));

        failure.Code.ShouldBe(ErrorCodes.IndexUnavailable);
        failure.Message.ShouldContain("within 0.3 s");
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Who_waits_for_a_slow_server_can_stop_waiting()
    {
        using var server = new RawServer(_ => Silent());
        using var indexes = new ChromaIndexes(Hasty, TimeProvider.System);
        await using var index = indexes.Open(server.Location);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await index.AttachAsync(BindingOf(server), create: false, stop.Token));
    }

    [Fact]
    public void A_token_that_would_be_a_header_of_its_own_is_refused()
    {
        var failure = Should.Throw<TidemarkException>(
            () => new ChromaIndexes(new ChromaOptions { Token = "hunter2\r\nX-Evil: 1" }, TimeProvider.System));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Https_to_a_server_without_it_is_told_as_that()
    {
        using var server = new RawServer(_ => Once("HTTP/1.1 400 Bad Request\r\n\r\n"));
        var location = server.Location.Replace("http:", "https:", StringComparison.Ordinal);
        using var indexes = new ChromaIndexes(Hasty, TimeProvider.System);
        await using var index = indexes.Open(location);

        var failure = await Should.ThrowAsync<TidemarkException>(
            async () => await index.AttachAsync(BindingOf(server), create: false, CancellationToken.None));

        failure.Message.ShouldContain("does not speak TLS");
    }

    private static IndexBinding BindingOf(RawServer server) =>
        new("default", new EmbeddingSpace("s:2", 2), server.Location, "me", null);

    private static async Task<string?> AttachAsync(RawServer server, ChromaOptions options)
    {
        using var indexes = new ChromaIndexes(options, TimeProvider.System);
        await using var index = indexes.Open(server.Location);
        return await index.AttachAsync(BindingOf(server), create: false, CancellationToken.None);
    }

    private static async IAsyncEnumerable<string> Once(string answer)
    {
        await Task.Yield();
        yield return answer;
    }

    private static async IAsyncEnumerable<string> Endless(string head)
    {
        await Task.Yield();
        yield return head + "{\"message\":\"";
        var piece = new string('x', 1 << 20);
        while (true)
        {
            yield return piece;
        }
    }

    private static async IAsyncEnumerable<string> Dripping([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return Head + "{";
        while (true)
        {
            await Task.Delay(50, cancellationToken);
            yield return " ";
        }
    }

    private static async IAsyncEnumerable<string> Silent([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
        yield return "";
    }
}
