using Microsoft.AspNetCore.Http;
using Tidemark.Server.Content;
using Tidemark.Server.Http;
using Tidemark.Serving;
using Tidemark.Wire;

namespace Tidemark.Server.Endpoints;

/// <summary>Documents, one by one and in batches.</summary>
internal static class DocumentRoutes
{
    private const string One = $"documents/{ServiceRoute.Rest}";

    private static readonly Parameter Source = Parameter.Text("source", "The source that the document belongs to; by default that of the service.");

    public static IEnumerable<ServiceRoute> All =>
    [
        new("GET", "documents", "listDocuments", "Lists documents by id.", AccessScope.Read)
        {
            Parameters =
            [
                Parameter.Text("prefix", "Only ids that start with it."),
                Parameter.Text("cursor", "The 'next' of the page before."),
                CommonParameters.Limit,
                CommonParameters.AsOf,
            ],
            Answer = "A page, and in 'next' the cursor of the one behind it.",
            Schema = "DocumentPage",
            Handle = DocumentListing.AnswerAsync,
        },
        new("GET", One, "getDocument", "One document with its chunks; 'form=text' gives its text alone.", AccessScope.Read)
        {
            Parameters = [CommonParameters.AsOf, Parameter.Choice("form", "The object, or the text alone.", "object", "text")],
            Answer = "The document. Its ETag is what 'If-Match' takes.",
            Schema = "Document",
            Handle = ReadAsync,
        },
        new("PUT", One, "putDocument", "Puts a document into the index, in place of what has its id.", AccessScope.Write)
        {
            Parameters = [Source],
            Body = RequestBody.Document,
            Answer = "It is in the index, or waits in the queue (202).",
            Schema = "Written",
            IsUnlimited = true,
            Handle = DocumentWriting.PutAsync,
        },
        new("DELETE", One, "deleteDocument", "Deletes a document; it can be brought back for a while.", AccessScope.Write)
        {
            Parameters = [Source],
            Answer = "It is gone, or the deletion waits in the queue (202).",
            Schema = "Written",
            IsUnlimited = true,
            Handle = DocumentWriting.DeleteAsync,
        },
        new("POST", "documents", "putDocuments", "Takes records in JSON, one a line, as 'tidemark enqueue' does.", AccessScope.Write)
        {
            Parameters = [Source],
            Body = RequestBody.Lines,
            Answer = "One line for each record that could not be taken, then one with 'end': without that the answer is not whole.",
            AnswerType = JsonLines.MediaType,
            IsUnlimited = true,
            Handle = DocumentBatch.TakeAsync,
        },
    ];

    private static async Task ReadAsync(Call call)
    {
        var (document, chunks) = await call.Index.DocumentAsync(call.Id, call.Namespace, call.Arguments.Moment("asOf"), call.Ended);
        var response = call.Context.Response;
        response.Headers.ETag = EntityTag.Of(document.Sequence);
        if (EntityTag.IsKnown(call.Context.Request, document.Sequence))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (call.Arguments.Text("form") != "text")
        {
            await call.AnswerAsync(json => DocumentJson.Write(json, document, chunks));
            return;
        }

        response.ContentType = "text/plain; charset=utf-8";
        var text = call.Arguments.Moment("asOf") is null
            ? (await call.Index.TextAsync(call.Id, call.Namespace, call.Ended)).Text
            : string.Join("\n\n", chunks.Select(chunk => chunk.Text));
        await response.WriteAsync(text, call.Ended);
    }
}
