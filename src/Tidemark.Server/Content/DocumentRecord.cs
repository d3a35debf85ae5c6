using System.Buffers;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Server.Http;
using Tidemark.Sources;
using Tidemark.Wire;

namespace Tidemark.Server.Content;

/// <summary>The document in a request, read by the rules of JSON lines, so that one document means the same whichever way it comes.</summary>
internal static class DocumentRecord
{
    private static readonly string[] TextTypes = ["text/plain", "text/markdown"];

    /// <summary>As a source that lists this document and no other.</summary>
    /// <exception cref="TidemarkException">It is none.</exception>
    public static async Task<JsonLinesSource> ReadAsync(Call call, string source)
    {
        var request = call.Context.Request;
        var content = await RequestContent.ReadAsync(request, call.Options.MostDocumentBytes, call.Ended);
        await call.Service.Tokens.SpendAsync(call.Caller, content.Length, call.Ended);
        RequestContent.Require(request, ["application/json", .. TextTypes]);
        if (RequestContent.MediaTypeOf(request) != "application/json")
        {
            var text = RequestContent.Text(content);
            return Of(source, json => json.WriteString("text", text), call.Id);
        }

        using var body = RequestContent.Parse(content);
        Check(body.RootElement, call.Id);
        try
        {
            return Of(source, json => CopyMembers(json, body.RootElement), call.Id);
        }
        catch (InvalidOperationException e)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body has half of a surrogate pair", "send it as valid Unicode", e);
        }
    }

    /// <summary>A tombstone.</summary>
    public static JsonLinesSource Gone(string source, string id) => Of(source, json => json.WriteBoolean("deleted", true), id);

    /// <summary>The document itself.</summary>
    /// <exception cref="TidemarkException">It is not well-formed.</exception>
    public static async Task<Document> DocumentAsync(JsonLinesSource source, CancellationToken cancellationToken)
    {
        await foreach (var page in source.ListAsync(cancellationToken))
        {
            using (page)
            {
                if (page.Items.Length > 0 && await page.ReadAsync(0, cancellationToken) is DocumentChange.Upsert { Document: var document })
                {
                    return document;
                }

                if (page.Failures is [var failure, ..])
                {
                    throw new TidemarkException(failure.Code, failure.Message, failure.Remedy);
                }
            }
        }

        throw new TidemarkException(ErrorCodes.Usage, "the body is no document", "send an object with 'text'");
    }

    private static JsonLinesSource Of(string source, Action<Utf8JsonWriter> members, string id)
    {
        var line = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(line, TidemarkJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            members(json);
            json.WriteEndObject();
        }

        return new JsonLinesSource(
            new MemoryStream(line.WrittenSpan.ToArray(), writable: false),
            new JsonLinesOptions { Name = source, RequireIdentity = true, ForQueue = true, MaxLineBytes = int.MaxValue });
    }

    private static void CopyMembers(Utf8JsonWriter json, JsonElement body)
    {
        foreach (var member in body.EnumerateObject().Where(member => member.Name != "id"))
        {
            member.WriteTo(json);
        }
    }

    private static void Check(JsonElement body, string id)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body is no JSON object", "send an object with 'text', and perhaps 'metadata' and 'version'");
        }

        if (body.TryGetProperty("id", out var given) && (given.ValueKind != JsonValueKind.String || given.GetString() != id))
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body has another 'id' than the path", "leave 'id' out, or make it that of the path");
        }

        if (body.TryGetProperty("deleted", out _) || body.TryGetProperty("deleted_at", out _))
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body is a tombstone", "send a DELETE to the same path");
        }
    }
}
