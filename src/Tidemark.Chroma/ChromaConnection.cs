using System.Net.Http.Headers;

namespace Tidemark.Chroma;

/// <summary>
/// Sends requests of Chroma's REST API, version 2 (a server shows its description at <c>/openapi.json</c>), and tries again
/// what fails for a moment.
/// </summary>
internal sealed class ChromaConnection(ChromaClient client, ChromaLocation location, ChromaOptions options, TimeProvider clock)
{
    /// <summary>Bytes of an answer that says little: a collection, a count, that all is well.</summary>
    private const long Little = 1 << 20;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ChromaLocation Location => location;

    private string Collections =>
        $"api/v2/tenants/{Uri.EscapeDataString(location.Tenant)}/databases/{Uri.EscapeDataString(location.Database)}/collections";

    public Task<ChromaAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, Little, cancellationToken);

    /// <param name="path">Below the collections, for instance <c>ID/query</c>; empty: the collections themselves.</param>
    public Task<ChromaAnswer> GetCollectionAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, PathOf(path), body: null, Little, cancellationToken);

    public Task<ChromaAnswer> PostAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        PostAsync(path, body, Little, cancellationToken);

    /// <param name="most">The bytes that a good answer may have; one that has more is not whole.</param>
    public Task<ChromaAnswer> PostAsync(string path, byte[] body, long most, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, PathOf(path), body, most, cancellationToken);

    public Task<ChromaAnswer> PutAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, PathOf(path), body, Little, cancellationToken);

    public Task<ChromaAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, PathOf(path), body: null, Little, cancellationToken);

    private string PathOf(string path) => path.Length == 0 ? Collections : $"{Collections}/{path}";

    private async Task<ChromaAnswer> SendAsync(
        HttpMethod method, string path, byte[]? body, long most, CancellationToken cancellationToken)
    {
        var pause = options.Pause;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, failure) = await TrySendAsync(method, path, body, most, cancellationToken).ConfigureAwait(false);
            if (answer is { IsTransient: false })
            {
                return answer;
            }

            // One that was waited for so long will not be quicker the next time.
            if (attempt >= options.MaxAttempts || failure is TimeoutException)
            {
                throw ChromaErrors.Unavailable(location, Why(answer, failure), failure);
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private ITimer Watch(Action<string> tell)
    {
        var started = clock.GetTimestamp();
        return clock.CreateTimer(
            _ => tell($"'{location}' has not answered for {clock.GetElapsedTime(started).TotalSeconds:0} s; "
                + $"the request is given up after {options.Timeout.TotalSeconds:0} s"),
            state: null,
            options.SilenceAfter,
            options.SilenceAfter);
    }

    private string Why(ChromaAnswer? answer, Exception? failure) => failure switch
    {
        null => $"it answers {(int)answer!.Status}: {answer.Message}",
        TimeoutException => failure.Message,
        _ => client.Explain(failure),
    };

    private async Task<(ChromaAnswer? Answer, Exception? Failure)> TrySendAsync(
        HttpMethod method, string path, byte[]? body, long most, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var silence = options.OnSilence is null ? null : Watch(options.OnSilence);
        using var request = new HttpRequestMessage(method, new Uri(location.Server, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        }

        try
        {
            return (await client.SendAsync(request, most, both.Token).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new TimeoutException($"no whole answer within {options.Timeout.TotalSeconds:0.###} s"));
        }
    }
}
