using System.Buffers;
using System.Text.Json;
using Tidemark.Wire;

namespace Tidemark.Agents;

/// <summary>What a tool answers.</summary>
/// <param name="Json">
/// One object, UTF-8: of the shape that the tool's output schema says, or <c>{"error":{"code","message","remedy"}}</c>.
/// </param>
/// <param name="Failure">Why it is an error; null: it is none.</param>
public sealed record AgentAnswer(ReadOnlyMemory<byte> Json, Exception? Failure = null)
{
    /// <summary>Whether the object is an error.</summary>
    public bool IsError => Failure is not null;

    internal static AgentAnswer Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, TidemarkJson.WriterOptions))
        {
            write(json);
        }

        return new AgentAnswer(RemedyJson.In(buffer.WrittenMemory, AgentWords.Of));
    }

    /// <summary>An error in words that an agent can do something with.</summary>
    public static AgentAnswer OfFailure(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var known = failure as TidemarkException ?? new TidemarkException(
            ErrorCodes.Internal,
            $"{failure.GetType().Name}: {failure.Message}",
            "this is a defect of Tidemark: tell whoever runs it; another question may be answered",
            failure);
        return Of(json => ErrorJson.Write(json, known, AgentRemedy.Of(known))) with { Failure = failure };
    }
}
