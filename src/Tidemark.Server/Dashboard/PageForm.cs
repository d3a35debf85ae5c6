using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Server.Http;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Dashboard;

/// <summary>The fields of a form of ours, and the token that shows that it is one.</summary>
internal static class PageForm
{
    private const int MostBytes = 200_000;

    private static readonly FormOptions Limits = new() { ValueCountLimit = 200, KeyLengthLimit = 200, ValueLengthLimit = MostBytes, BufferBodyLengthLimit = MostBytes };

    /// <summary>For a form of the page that is about to be written.</summary>
    public static AntiforgeryTokenSet TokenFor(HttpContext context) =>
        context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);

    /// <exception cref="HttpProblem">It is no form, too large, or not one that this service gave this browser.</exception>
    /// <exception cref="TidemarkException"><c>usage</c>: as <see cref="CallArguments"/>.</exception>
    public static async Task<CallArguments> ReadAsync(HttpContext context, IReadOnlyList<Parameter> declared, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (!request.HasFormContentType || request.ContentLength > MostBytes)
        {
            throw new HttpProblem(
                StatusCodes.Status415UnsupportedMediaType, ErrorCodes.Usage, "the request is no form of this service", "go back to the page and send it from there");
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(Limits, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new HttpProblem(StatusCodes.Status400BadRequest, ErrorCodes.Usage, $"the form cannot be read: {e.Message}", "go back to the page and send it anew");
        }

        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            throw new HttpProblem(
                StatusCodes.Status403Forbidden,
                "access.form",
                "the form was not made by this service for this browser, or is too old",
                "load the page anew and send it from there; nothing was done");
        }

        var fields = form.Where(field => field.Key != TokenName && field.Value is not [""])
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        return new CallArguments(declared, new QueryCollection(fields!), body: null);
    }

    /// <summary>Of the hidden field.</summary>
    private const string TokenName = "__RequestVerificationToken";
}
