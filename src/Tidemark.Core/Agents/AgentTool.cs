using System.Text.Json;

namespace Tidemark.Agents;

/// <summary>
/// One question that an agent may ask of an index, in the terms of the Model Context Protocol but without it: a program hands it to its
/// server or its chat client. It only reads, and looks at nothing but the index.
/// </summary>
public sealed class AgentTool
{
    private readonly Func<TidemarkIndex, AgentArguments, CancellationToken, Task<Action<Utf8JsonWriter>>> _ask;

    internal AgentTool(
        AgentToolText text, Func<TidemarkIndex, AgentArguments, CancellationToken, Task<Action<Utf8JsonWriter>>> ask)
    {
        (Name, Title, Description, _ask) = (text.Name, text.Title, text.Description, ask);
        InputSchema = SchemaOf(text.Input);
        OutputSchema = SchemaOf(text.Output);
    }

    /// <summary>As it is called: <c>search</c>.</summary>
    public string Name { get; }

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>For models: what it does, and what of its answer the next call takes.</summary>
    public string Description { get; }

    /// <summary>JSON Schema of its arguments.</summary>
    public JsonElement InputSchema { get; }

    /// <summary>JSON Schema of what it answers, where that is no error.</summary>
    public JsonElement OutputSchema { get; }

    /// <summary>Asks. What fails is an answer as well.</summary>
    /// <param name="index">The index.</param>
    /// <param name="arguments">By name; null: none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AgentAnswer> CallAsync(
        TidemarkIndex index, IEnumerable<KeyValuePair<string, JsonElement>>? arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        try
        {
            var given = new AgentArguments(Name, InputSchema, arguments ?? []);
            return AgentAnswer.Of(await _ask(index, given, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return AgentAnswer.OfFailure(e);
        }
    }

    private static JsonElement SchemaOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
