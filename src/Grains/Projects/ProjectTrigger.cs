namespace AwoooP.Projects;

public enum ProjectTrigger
{
    None = 0,
    Create,
    Configure,
    Suspend,
    Resume,
    Remove,
    AbandonRemoval,
}
