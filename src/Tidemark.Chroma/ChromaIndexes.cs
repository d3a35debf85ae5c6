using Tidemark.Indexing;

namespace Tidemark.Chroma;

/// <summary>Opens collections of Chroma servers as external indexes. Safe for concurrent use.</summary>
public sealed class ChromaIndexes : IExternalIndexes, IDisposable
{
    private readonly HttpClient _client;
    private readonly ChromaOptions _options;
    private readonly TimeProvider _clock;

    /// <param name="options">How servers are asked.</param>
    /// <param name="clock">Measures the pauses between attempts.</param>
    public ChromaIndexes(ChromaOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        _options = options;
        _clock = clock;
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each request has its own
        };
        if (options.Token is { Length: > 0 } token)
        {
            _client.DefaultRequestHeaders.TryAddWithoutValidation("X-Chroma-Token", token);
        }
    }

    /// <inheritdoc/>
    public IExternalIndex Open(string location)
    {
        var parsed = ChromaLocation.Parse(location);
        return new ChromaIndex(new ChromaConnection(_client, parsed, _options, _clock));
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();
}
