using Microsoft.AspNetCore.Http;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;
using Tidemark.Sources;
using Tidemark.Streaming;
using Tidemark.Wire;

namespace Tidemark.Server.Content;

/// <summary>
/// Many records in one request. They are read as they come, and go into the queue a thousand at a time: a sender is as fast as the queue,
/// and nothing grows in memory. What was enqueued stays so, also where the request breaks off.
/// </summary>
internal static class DocumentBatch
{
    public static async Task TakeAsync(Call call)
    {
        var request = call.Context.Request;
        var body = JsonLines.BodyOf(call);
        if (call.Caller.TokensPerDay is not null)
        {
            await call.Service.Tokens.SpendAsync(call.Caller, request.ContentLength ?? throw LengthRequired(), call.Ended);
        }

        var lines = new JsonLinesSource(body, new JsonLinesOptions
        {
            Name = call.Arguments.Name("source") ?? call.Options.SourceName,
            RequireIdentity = true,
            ForQueue = true,
            MaxLineBytes = call.Options.MostDocumentBytes,
        });
        var report = await call.Index.EnqueueAsync(
            new EnqueueOptions { Namespace = call.Namespace, Sources = [lines], MostWaiting = call.Options.MostWaiting }, call.Ended);
        call.Service.Hands.WorkFor(call.Namespace);
        await AnswerAsync(call, report);
    }

    private static HttpProblem LengthRequired() => new(
        StatusCodes.Status411LengthRequired,
        "request.length",
        "the key has a limit of tokens, and the batch does not say how long it is",
        "send it with 'Content-Length', in several batches where you do not know it");

    private static async Task AnswerAsync(Call call, EnqueueReport report)
    {
        var response = call.Context.Response;
        response.ContentType = JsonLines.MediaType;
        foreach (var failure in report.Errors)
        {
            await JsonLines.WriteAsync(call, json =>
            {
                json.WriteStartObject();
                json.WriteString("item", failure.Item);
                json.WriteString("code", failure.Code);
                json.WriteString("message", failure.Message);
                json.WriteString("remedy", failure.Remedy);
                json.WriteEndObject();
            });
        }

        await JsonLines.WriteAsync(call, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("end");
            EnqueueReportJson.Write(json, report with { Errors = [] });
            json.WriteNumber("notListed", report.Failed - report.Errors.Count);
            json.WriteEndObject();
        });
    }
}
