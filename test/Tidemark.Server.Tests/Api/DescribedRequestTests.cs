using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>
/// Requests that are made of nothing but the description that the service gives of itself: valid ones, and such as differ from a valid one in one
/// place. No answer says that the service is at fault, each is one that the description has, and valid ones are understood.
/// </summary>
public sealed class DescribedRequestTests : IAsyncLifetime
{
    /// <summary>Understands nothing but what this very store has exported.</summary>
    private const string OnlyOwnLists = "post /forgotten";

    private const int RequestsPerOperation = 60;

    /// <summary>What a valid request may be refused for: nothing is there by that name, or what is there speaks against it.</summary>
    private static readonly int[] Understood = [200, 202, 404, 409, 410, 412, 422];

    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(new ServerOptions
        {
            Hooks = [new HookOptions { Name = "a", Signature = HookSignature.None, Format = HookFormat.CloudEvents, Mapping = new HookMapping { Id = "x{/id}", Text = "/type", Version = "/version?" } }],
        });
        using var put = await _service.PutAsync("a", "A berth for a boat.");
        await put.JsonAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_request_that_is_made_of_the_description_is_answered_with_a_fault(int seed)
    {
        var description = await _service.GetAsync("openapi.json");
        var generator = new SchemaGenerator(description.GetProperty("components").GetProperty("schemas"), new Random(seed));
        var understood = new Dictionary<string, int>(StringComparer.Ordinal);
        var operations = description.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Path: path.Name, Method: method.Name, Operation: method.Value))).ToList();
        operations.Count.ShouldBeGreaterThan(40);
        foreach (var (path, method, operation) in operations)
        {
            for (var i = 0; i < RequestsPerOperation; i++)
            {
                var isValid = i % 3 == 0;
                using var request = RequestOf(path, method, operation, generator, isValid);
                var sent = $"{request.Method} {request.RequestUri}\n{(request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}";
                using var response = await _service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var status = (int)response.StatusCode;
                if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
                {
                    status.ShouldBeLessThan(500, $"{sent}\n{await response.TextAsync()}");
                }

                IsDescribed(operation, status).ShouldBeTrue($"{sent}\n{status} is not described");
                if (isValid && Understood.Contains(status))
                {
                    understood[$"{method} {path}"] = understood.GetValueOrDefault($"{method} {path}") + 1;
                }
            }
        }

        operations.Select(one => $"{one.Method} {one.Path}").Where(one => !understood.ContainsKey(one) && one != OnlyOwnLists && !one.StartsWith("options", StringComparison.Ordinal))
            .ShouldBeEmpty("these operations never understood a valid request");
    }

    private static bool IsDescribed(JsonElement operation, int status) => operation.GetProperty("responses").EnumerateObject().Any(response =>
        response.Name == status.ToString(CultureInfo.InvariantCulture) || response.Name == $"{status / 100}XX");

    private static HttpRequestMessage RequestOf(string path, string method, JsonElement operation, SchemaGenerator generator, bool isValid)
    {
        var query = new List<string>();
        foreach (var parameter in operation.GetProperty("parameters").EnumerateArray())
        {
            var (name, place) = (parameter.Text("name"), parameter.Text("in"));
            var schema = parameter.GetProperty("schema");
            if (place == "path")
            {
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Names(generator, isValid)), StringComparison.Ordinal);
            }
            else if (parameter.GetProperty("required").GetBoolean() ? isValid || generator.Next(8) > 0 : generator.Next(3) == 0)
            {
                query.AddRange(generator.Texts(schema, isValid || generator.Next(2) == 0, name).Select(text => $"{name}={Uri.EscapeDataString(text)}"));
            }
        }

        if (!isValid && generator.Next(10) == 0)
        {
            query.Add("nobody=1");
        }

        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), $"{path.TrimStart('/')}?{string.Join('&', query)}");
        if (operation.TryGetProperty("requestBody", out var body) && (isValid || generator.Next(10) > 0))
        {
            var kinds = body.GetProperty("content").EnumerateObject().ToList();
            var kind = kinds[generator.Next(kinds.Count)];
            var text = kind.Name.Contains("json", StringComparison.Ordinal) && kind.Name != "application/x-ndjson"
                ? generator.Json(kind.Value.GetProperty("schema"), isValid)
                : kind.Name == "application/x-ndjson" ? generator.Lines(isValid) : generator.Text(isValid);
            request.Content = new StringContent(text, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(isValid || generator.Next(10) > 0 ? kind.Name : "text/html");
        }

        return request;
    }

    /// <summary>Of a document, a hook, an operation: as a rule one that is there.</summary>
    private static string Names(SchemaGenerator generator, bool isValid) => generator.Next(3) > 0 ? "a" : isValid ? "b/c.md" : generator.Text(isValid: false) is { Length: > 0 } text ? text : "x";
}
