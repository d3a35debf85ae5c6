using System.Buffers;
using System.Text.Json;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Content;

/// <summary>Objects, one a line, in requests and answers.</summary>
internal static class JsonLines
{
    public const string MediaType = "application/x-ndjson";

    /// <summary>The body, which is lines and no more of them than a batch may have.</summary>
    /// <exception cref="HttpProblem">It is of another media type, or too large.</exception>
    public static Stream BodyOf(Call call)
    {
        var request = call.Context.Request;
        RequestContent.Require(request, MediaType, "application/jsonl");
        if (request.ContentLength > call.Options.MostBatchBytes)
        {
            throw RequestContent.TooLarge(call.Options.MostBatchBytes);
        }

        RequestContent.Limit(call.Context, call.Options.MostBatchBytes);
        return request.Body;
    }

    /// <summary>Sends one line of the answer.</summary>
    public static async Task WriteAsync(Call call, Action<Utf8JsonWriter> write)
    {
        var body = call.Context.Response.BodyWriter;
        ServiceJson.Write(body, write);
        body.Write("\n"u8);
        await body.FlushAsync(call.Ended);
    }
}
