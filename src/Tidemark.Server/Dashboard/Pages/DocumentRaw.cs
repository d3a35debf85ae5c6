using Microsoft.AspNetCore.Http;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>The text of a document as it is stored, and nothing around it: plain text, whatever it says.</summary>
internal static class DocumentRaw
{
    private const string Path = "document/raw";

    public static ServiceRoute Route(Parameter document) => new("GET", Path, "page document raw", "The text of a document.", AccessScope.Read)
    {
        Parameters = [document, CommonParameters.AsOf],
        AnswerType = "text/plain",
        Refuse = (context, failure) => PageRefusal.WriteAsync(context, Path, failure),
        Handle = async call =>
        {
            var id = call.Arguments.Required("id");
            var text = call.Arguments.Text("asOf") is not { Length: > 0 }
                ? (await call.Index.TextAsync(id, call.Namespace, call.Ended)).Text
                : string.Join("\n\n", (await call.Index.DocumentAsync(id, call.Namespace, call.Arguments.Moment("asOf"), call.Ended)).Chunks.Select(chunk => chunk.Text));
            call.Context.Response.ContentType = "text/plain; charset=utf-8";
            await call.Context.Response.WriteAsync(text, call.Ended);
        },
    };
}
