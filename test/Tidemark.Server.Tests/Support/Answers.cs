using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tidemark.Server.Tests.Support;

/// <summary>What came back.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await response.TextAsync();
        response.StatusCode.ShouldBe(status, text);
        using var parsed = JsonDocument.Parse(text);
        return parsed.RootElement.Clone();
    }

    /// <summary>A problem as RFC 9457 has it, with a code and a remedy.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await response.JsonAsync(status);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.Text("code").ShouldBe(code);
        problem.Text("detail").ShouldNotBeEmpty();
        problem.Text("remedy").ShouldNotBeEmpty();
        return problem;
    }

    public static Task<string> TextAsync(this HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static IEnumerable<string> Documents(this JsonElement json, string list) =>
        json.GetProperty(list).EnumerateArray().Select(one => one.Text("document"));
}
