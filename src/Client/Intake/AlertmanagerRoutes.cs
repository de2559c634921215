using AwoooP.Client.Projects;

namespace AwoooP.Client.Intake;

/// <summary>What Alertmanager's senders and amtool call. Mapped at the root for the default project and below <c>/projects/{project_id}</c> for any.</summary>
internal static class AlertmanagerRoutes
{
    public static void MapAlertmanager(this IEndpointRouteBuilder routes)
    {
        var ofProjects = routes.MapGroup("").AsksOfProjects(ProjectRule.Active);
        ofProjects.MapAlertIntake();
        ofProjects.MapAlertList();
        ofProjects.MapAlertmanagerStatus();
    }
}
