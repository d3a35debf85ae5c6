using System.Text.Json.Nodes;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Another system in a real server, that is filled with chunks and then imported from.</summary>
internal abstract class ImportOrigin : IAsyncDisposable
{
    /// <summary>What follows <c>import</c>.</summary>
    public abstract string[] Call { get; }

    /// <summary>Puts chunks there; those that were there before are gone.</summary>
    public abstract Task FillAsync(IReadOnlyList<JsonNode> chunks);

    public abstract ValueTask DisposeAsync();
}
