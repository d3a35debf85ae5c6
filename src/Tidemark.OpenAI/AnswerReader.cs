using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Tidemark.Diagnostics;
using Tidemark.Embedding;

namespace Tidemark.OpenAI;

/// <summary>
/// Reads the answer of <c>POST /embeddings</c>: vectors as base64 (float32, little-endian) or as numbers, whatever was
/// asked for, put in the order of their <c>index</c>.
/// </summary>
internal static class AnswerReader
{
    /// <exception cref="EmbeddingRequestException">
    /// <see cref="EmbeddingFault.Invalid"/>: not JSON, incomplete, or not one vector an input.
    /// </exception>
    public static GeneratedEmbeddings<Embedding<float>> Read(ReadOnlySpan<byte> json, int asked, OpenAIOptions options)
    {
        try
        {
            return ReadOnce(json, asked, options);
        }
        catch (JsonException) when (BareNumbers.AreIn(json))
        {
            return Read(BareNumbers.Replace(json), asked, options);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Invalid(options, json.IsEmpty ? "it is empty" : "it is not the JSON of an embedding answer, or only a part of it");
        }
    }

    /// <param name="most">The bytes that it may have.</param>
    public static EmbeddingRequestException TooLarge(OpenAIOptions options, int asked, long most) => Invalid(
        options,
        $"it is longer than {most} bytes, and {asked} vectors"
        + (options.Dimensions is { } dimensions ? $" of {dimensions} dimensions" : "") + " are not");

    private static GeneratedEmbeddings<Embedding<float>> ReadOnce(ReadOnlySpan<byte> json, int asked, OpenAIOptions options)
    {
        var reader = new Utf8JsonReader(json);
        return Read(ref reader, asked, options);
    }

    private static GeneratedEmbeddings<Embedding<float>> Read(ref Utf8JsonReader reader, int asked, OpenAIOptions options)
    {
        var vectors = new float[]?[asked];
        var found = 0;
        UsageDetails? usage = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                for (; reader.Read() && reader.TokenType == JsonTokenType.StartObject; found++)
                {
                    var (index, vector) = ReadEntry(ref reader, found);
                    if ((uint)index >= (uint)asked || vectors[index] is not null)
                    {
                        throw Invalid(options, $"vector {found} has the index {index}, and {asked} inputs were sent");
                    }

                    vectors[index] = vector;
                }
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                usage = ReadUsage(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return found == asked
            ? new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector))) { Usage = usage }
            : throw Invalid(options, $"{Numbered.Of(found, "vector", "vectors")} came back for {Numbered.Of(asked, "input", "inputs")}");
    }

    private static (int Index, float[] Vector) ReadEntry(ref Utf8JsonReader reader, int position)
    {
        var index = position;
        float[]? vector = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("embedding"u8))
            {
                reader.Read();
                vector = reader.TokenType == JsonTokenType.String ? ReadBase64(ref reader) : ReadNumbers(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (index, vector ?? throw new JsonException());
    }

    private static float[] ReadBase64(ref Utf8JsonReader reader)
    {
        var bytes = reader.GetBytesFromBase64();
        if (bytes.Length % sizeof(float) != 0)
        {
            throw new FormatException();
        }

        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    private static float[] ReadNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var numbers = new List<float>(1536);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // A null or a name is how some servers write what is not a number.
            numbers.Add(reader.TokenType == JsonTokenType.Number ? reader.GetSingle() : float.NaN);
        }

        return [.. numbers];
    }

    private static UsageDetails? ReadUsage(ref Utf8JsonReader reader)
    {
        using var usage = JsonDocument.ParseValue(ref reader);
        return usage.RootElement.ValueKind == JsonValueKind.Object && Tokens(usage.RootElement) is { } tokens
            ? new UsageDetails { InputTokenCount = tokens }
            : null;
    }

    private static long? Tokens(JsonElement usage) =>
        (usage.TryGetProperty("prompt_tokens", out var tokens) || usage.TryGetProperty("total_tokens", out tokens))
        && tokens.ValueKind == JsonValueKind.Number && tokens.TryGetInt64(out var count)
            ? count
            : null;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException();
        }
    }

    private static EmbeddingRequestException Invalid(OpenAIOptions options, string what) => new(
        EmbeddingFault.Invalid,
        ErrorCodes.EmbeddingInvalid,
        $"the answer of '{options.BaseUrl.Host}' for '{options.Model}' cannot be right: {what}",
        "check that the address is that of an OpenAI-compatible endpoint; nothing of this answer was stored");
}
