/** Where an application is shown, without the link's secret. */
export const applicationPath = '/share/application';
