using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tidemark.Server.Dashboard;

/// <summary>Answers with a page: a component that is given its model, inside of what is around all pages. No script is needed to read it.</summary>
internal static class PageWriter
{
    public static async Task WriteAsync<TPage, TModel>(HttpContext context, PageFrame frame, TModel model, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(
            context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<CascadingValue<PageFrame>>(Cascade(frame, Cascaded(model, Around<TPage>())))).ToHtmlString());
        context.Response.StatusCode = status;

        // A browser that may not say where a form comes from says that it comes from nowhere, and that is refused.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static RenderFragment Around<TPage>()
        where TPage : IComponent => tree =>
        {
            tree.OpenComponent<Shell>(0);
            tree.AddComponentParameter(1, nameof(Shell.Body), (RenderFragment)(page =>
            {
                page.OpenComponent<TPage>(0);
                page.CloseComponent();
            }));
            tree.CloseComponent();
        };

    private static RenderFragment Cascaded<TModel>(TModel model, RenderFragment content) => tree =>
    {
        tree.OpenComponent<CascadingValue<TModel>>(0);
        tree.AddMultipleAttributes(1, Cascade(model, content).ToDictionary()!);
        tree.CloseComponent();
    };

    private static ParameterView Cascade<TModel>(TModel model, RenderFragment content) => ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [nameof(CascadingValue<>.Value)] = model,
        [nameof(CascadingValue<>.IsFixed)] = true,
        [nameof(CascadingValue<>.ChildContent)] = content,
    });
}
