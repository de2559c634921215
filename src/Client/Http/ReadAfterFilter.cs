using AwoooP.Client.Problems;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary><c>Awooop-After</c>: a read waits, bounded, until the record tables show what the caller has written.</summary>
internal sealed class ReadAfterFilter(IPositionWaiter waiter, IOptions<FrontOptions> options) : IEndpointFilter
{
    public const string Header = "Awooop-After";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header] is [{ } text] && HttpMethods.IsGet(http.Request.Method))
        {
            if (!Position.TryParse(text, out var position))
                return Problem.Invalid(new FieldError(Header, "invalid_position", $"{Header} must be an {OperatorCall.PositionHeader} of before.")).Result();

            if (!await waiter.WaitAsync(position, options.Value.AfterTimeout, http.RequestAborted))
                return Problem.Unavailable("projection_behind", "The lists have not caught up with that position yet.").Result();
        }

        return await next(context);
    }
}
