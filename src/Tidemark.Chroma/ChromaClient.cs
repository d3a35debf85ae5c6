using Tidemark.Networking;

namespace Tidemark.Chroma;

/// <summary>The connections to one server; no answer is taken in beyond what it may have.</summary>
internal sealed class ChromaClient : IDisposable
{
    private readonly HttpRoute _route;
    private readonly HttpClient _http;

    public ChromaClient(HttpRoute route, string? token)
    {
        _route = route;
        _http = new HttpClient(route.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan }; // each request has its own
        if (token is not null)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Chroma-Token", token);
        }
    }

    /// <param name="most">The bytes that an answer may have; of an error only the first are read.</param>
    public async Task<ChromaAnswer> SendAsync(HttpRequestMessage request, long most, CancellationToken cancellationToken)
    {
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var held = body.ConfigureAwait(false);
        var (bytes, isWhole) = await BoundedBody.ReadAsync(
            body, response.IsSuccessStatusCode ? most : ChromaAnswer.MostOfError, cancellationToken).ConfigureAwait(false);
        return new ChromaAnswer(response.StatusCode, bytes) { IsWhole = isWhole || !response.IsSuccessStatusCode };
    }

    /// <summary>What a failure means, in words.</summary>
    public string Explain(Exception failure) => _route.Judge(failure) switch
    {
        { Remedy: { } remedy } judged => $"{judged.What} ({remedy})",
        { } judged => judged.What,
        null => failure.Message,
    };

    public void Dispose() => _http.Dispose();
}
