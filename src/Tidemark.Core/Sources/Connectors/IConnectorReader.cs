using System.Text.Json;

namespace Tidemark.Sources;

/// <summary>Knows the messages of one protocol.</summary>
internal interface IConnectorReader
{
    /// <summary>Whether a line is something that connectors write beside their messages.</summary>
    bool IsNoMessage(ReadOnlySpan<byte> line);

    /// <param name="message">Parsed.</param>
    /// <param name="line">As it came.</param>
    /// <param name="label">How it is named in an error.</param>
    /// <exception cref="ItemException">It cannot be taken.</exception>
    void Read(JsonElement message, ReadOnlyMemory<byte> line, string label);
}
