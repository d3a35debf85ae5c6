using Microsoft.AspNetCore.Components;
using Tidemark.Server.Dashboard.Pages;
using Tidemark.Server.Http;
using Tidemark.Serving;

namespace Tidemark.Server.Dashboard;

/// <summary>Makes the route of a page: its model is read, then it is shown.</summary>
internal static class PageRoute
{
    public static ServiceRoute Of<TPage, TModel>(
        string path, string title, Func<Call, Task<TModel>> read, params Parameter[] parameters)
        where TPage : IComponent => Of<TPage, TModel>(path, title, AccessScope.Read, isLive: false, read, parameters);

    /// <summary>Of a page that shows what goes on.</summary>
    public static ServiceRoute Live<TPage, TModel>(
        string path, string title, Func<Call, Task<TModel>> read, params Parameter[] parameters)
        where TPage : IComponent => Of<TPage, TModel>(path, title, AccessScope.Read, isLive: true, read, parameters);

    public static ServiceRoute Of<TPage, TModel>(
        string path, string title, AccessScope scope, bool isLive, Func<Call, Task<TModel>> read, params Parameter[] parameters)
        where TPage : IComponent => new("GET", path, $"page {(path.Length == 0 ? "overview" : path)}", title, scope)
        {
            Parameters = parameters,
            AnswerType = "text/html",
            Refuse = (context, failure) => PageRefusal.WriteAsync(context, path, failure),
            Handle = call => ShowAsync<TPage, TModel>(call, PageFrame.Of(call, path, title) with { IsLive = isLive }, read),
        };

    /// <summary>Where nothing was put into the index yet, a page says how one begins.</summary>
    private static async Task ShowAsync<TPage, TModel>(Call call, PageFrame frame, Func<Call, Task<TModel>> read)
        where TPage : IComponent
    {
        TModel model;
        try
        {
            model = await read(call);
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.NamespaceMissing or ErrorCodes.StoreMissing && !frame.NamesNamespace)
        {
            var others = (await call.Index.NamespacesAsync(call.Ended)).Select(one => one.Name).Where(call.Caller.MaySee);
            await PageWriter.WriteAsync<EmptyPage, EmptyModel>(call.Context, frame, new EmptyModel([.. others]));
            return;
        }

        await PageWriter.WriteAsync<TPage, TModel>(call.Context, frame, model);
    }
}
