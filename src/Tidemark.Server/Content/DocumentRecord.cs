using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Server.Http;
using Tidemark.Sources;
using Tidemark.Wire;

namespace Tidemark.Server.Content;

/// <summary>The change in a request, read by the rules of JSON lines, so that one document means the same whichever way it comes.</summary>
internal sealed class DocumentRecord
{
    private static readonly string[] TextTypes = ["text/plain", "text/markdown"];

    private readonly string _source;
    private readonly byte[] _line;

    private DocumentRecord(string source, byte[] line, Document? document) => (_source, _line, Document) = (source, line, document);

    /// <summary>Null: it is deleted.</summary>
    public Document? Document { get; }

    /// <summary>Equal for equal changes.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(_source + '\0'), .. _line]));

    /// <summary>As a source that lists this change and no other.</summary>
    public JsonLinesSource Listed => new(
        new MemoryStream(_line, writable: false),
        new JsonLinesOptions { Name = _source, RequireIdentity = true, ForQueue = true, MaxLineBytes = int.MaxValue });

    /// <exception cref="TidemarkException">It is none.</exception>
    public static async Task<DocumentRecord> ReadAsync(Call call, string source)
    {
        var request = call.Context.Request;
        var content = await RequestContent.ReadAsync(request, call.Options.MostDocumentBytes, call.Ended);
        RequestContent.Require(request, ["application/json", .. TextTypes]);
        var line = RequestContent.MediaTypeOf(request) == "application/json" ? LineOf(content, call.Id) : LineOf(RequestContent.Text(content), call.Id);
        var record = new DocumentRecord(source, line, document: null);
        var document = await DocumentAsync(record.Listed, call.Ended);
        await call.Service.Tokens.SpendAsync(call.Caller, content.Length, call.Ended);
        return new DocumentRecord(source, line, document);
    }

    /// <summary>A tombstone.</summary>
    public static DocumentRecord Gone(string source, string id) => new(source, LineOf(id, json => json.WriteBoolean("deleted", true)), document: null);

    /// <summary>Whether a state is what was sent.</summary>
    public bool IsIn(DocumentSummary state) =>
        Document is { } sent && state.TextHash == ContentHash.Of(sent.Text) && state.Metadata == sent.Metadata;

    private static byte[] LineOf(string text, string id) => LineOf(id, json => json.WriteString("text", text));

    private static byte[] LineOf(ReadOnlyMemory<byte> content, string id)
    {
        using var body = RequestContent.Parse(content);
        try
        {
            Check(body.RootElement, id);
            return LineOf(id, json => CopyMembers(json, body.RootElement));
        }
        catch (InvalidOperationException e)
        {
            throw new TidemarkException(ErrorCodes.Usage, "the body has half of a surrogate pair", "send it as valid Unicode", e);
        }
    }

    private static byte[] LineOf(string id, Action<Utf8JsonWriter> members)
    {
        var line = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(line, TidemarkJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            members(json);
            json.WriteEndObject();
        }

        return line.WrittenSpan.ToArray();
    }

    private static void CopyMembers(Utf8JsonWriter json, JsonElement body)
    {
        foreach (var member in body.EnumerateObject().Where(member => member.Name != "id"))
        {
            member.WriteTo(json);
        }
    }

    /// <exception cref="TidemarkException">It is not well-formed.</exception>
    private static async Task<Document> DocumentAsync(JsonLinesSource source, CancellationToken cancellationToken)
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
