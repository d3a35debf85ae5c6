using ModelContextProtocol.Protocol;

namespace Tidemark.Cli.Agents;

/// <summary>One line of the protocol.</summary>
/// <param name="Utf8">Valid until the next one is read; empty if it was too long to be kept.</param>
/// <param name="TooLong">The id of a request that was too long, as far as it has one; null: it was not too long.</param>
internal readonly record struct IncomingLine(ReadOnlyMemory<byte> Utf8, RequestId? TooLong);
