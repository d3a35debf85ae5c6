using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tidemark.Documents;
using Tidemark.Wire;

namespace Tidemark.Server.Problems;

/// <summary>Tells of a failure as RFC 9457 has it, with the code and the remedy that the command line prints.</summary>
internal static class ProblemWriter
{
    private const string MediaType = "application/problem+json";

    /// <summary>An answer that has begun cannot become another one: it is cut off, so that nobody takes it for a whole one.</summary>
    public static async Task WriteAsync(HttpContext context, TidemarkException failure)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        var status = ProblemStatus.Of(failure);
        response.Headers.Remove(HeaderNames.ETag);
        response.Headers.Remove(HeaderNames.Location);
        response.ContentLength = null;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (ProblemStatus.RetryAfter(failure) is { } pause)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, TidemarkJson.WriterOptions);
        Write(json, failure, status, context.TraceIdentifier);
    }

    private static void Write(Utf8JsonWriter json, TidemarkException failure, int status, string request)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:tidemark:{failure.Code}");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", ServiceWords.Of(failure.Message, isRemedy: false));
        json.WriteString("code", failure.Code);
        json.WriteString("remedy", ServiceRemedy.Of(failure));
        json.WriteString("request", request);
        if (failure is ConflictException conflict)
        {
            WriteSides(json, conflict);
        }

        json.WriteEndObject();
    }

    private static void WriteSides(Utf8JsonWriter json, ConflictException conflict)
    {
        json.WriteString("expected", conflict.Expected.ToString());
        json.WriteStartObject("actual");
        json.WriteBoolean("exists", conflict.IsThere);
        if (conflict.ActualVersion.Number is { } number)
        {
            json.WriteNumber("version", number);
        }

        json.WriteNumber("sequence", conflict.ActualSequence);
        json.WriteEndObject();
    }
}
