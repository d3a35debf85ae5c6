using System.Text.Json;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>Takes what messages mean, whoever wrote them.</summary>
/// <param name="mapping">What records become.</param>
/// <param name="streams">How far they have come.</param>
/// <param name="add">Gets changes, each with its label.</param>
/// <param name="keep">Gets states.</param>
internal sealed class ConnectorSink(ConnectorMapping mapping, ConnectorStreams streams, Action<DocumentChange, string> add, Action<string> keep)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _keys = new(StringComparer.Ordinal);

    public ConnectorStreams Streams => streams;

    public void Describe(string stream, IReadOnlyList<string> keys) => _keys[stream] = keys;

    public void Record(string stream, long? version, JsonElement data, string label)
    {
        streams.Take(stream, version);
        add(mapping.Map(stream, _keys.GetValueOrDefault(stream), data, label), label);
    }

    public void State(string state)
    {
        streams.Close();
        keep(state);
    }
}
